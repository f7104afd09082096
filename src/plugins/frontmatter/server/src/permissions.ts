import type { Core } from '@strapi/strapi';
import { PLUGIN_ID } from './plugin-id';
import { getShapes } from './services/foundation/shapes';

/** Permissions that a role in the panel can have, in addition to those for content types. */
export const ACTIONS = {
  'panel.read': 'See what publishing changes',
  'history.read': 'See the history',
  'history.restore': 'Restore from the history',
};
export type Action = keyof typeof ACTIONS;

const GRANTED = { type: 'plugin', name: PLUGIN_ID, key: 'panel-actions-granted' };

/**
 * Grants these actions once to all roles that may edit documents with a shape: before these
 * permissions existed, anyone who could open a document could do all of this. A permission that is
 * revoked afterwards stays revoked. Call this when Strapi has created its first roles, which
 * happens after all plugins have started.
 */
export async function grantActions(strapi: Core.Strapi): Promise<void> {
  if (await strapi.store.get(GRANTED)) return;
  const permissions = strapi.db.query('admin::permission');
  const editing = (await permissions.findMany({
    where: {
      action: 'plugin::content-manager.explorer.update',
      subject: {
        $in: getShapes(strapi)
          .all()
          .map(({ contentType }) => contentType),
      },
    },
    populate: { role: true },
  })) as { role: { id: number } | null }[];
  const roles = new Set(editing.flatMap(({ role }) => role?.id ?? []));
  for (const role of roles) {
    for (const uid of Object.keys(ACTIONS)) {
      const action = `plugin::${PLUGIN_ID}.${uid}`;
      const isThere = await permissions.count({ where: { action, role } });
      if (isThere === 0) {
        await permissions.create({ data: { action, role, properties: {}, conditions: [] } });
      }
    }
  }
  await strapi.store.set({ ...GRANTED, value: true });
}
