import type { Core } from '@strapi/strapi';

/** What anyone may read after install. Sponsors are left out: next month's campaign is confidential. */
const PUBLIC_ACTIONS = [
  'api::roadmap.roadmap.find',
  'api::roadmap.roadmap.findOne',
  'api::keyword.keyword.find',
  'api::keyword.keyword.findOne',
  'api::tag.tag.find',
  'api::tag.tag.findOne',
  'plugin::frontmatter.document.find',
  'plugin::frontmatter.document.findOne',
];

const GRANTED = { type: 'core', name: 'roadmap-cms', key: 'public-actions-granted' };

/**
 * Gives the public role its permissions once each. What was given before is remembered, so a
 * permission that an operator takes away stays away.
 */
export async function grantPublicActions({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  const granted = ((await strapi.store.get(GRANTED)) ?? []) as string[];
  const missing = PUBLIC_ACTIONS.filter((action) => !granted.includes(action));
  if (missing.length === 0) return;

  await strapi.db.transaction(async () => {
    const role = await strapi.db
      .query('plugin::users-permissions.role')
      .findOne({ where: { type: 'public' } });
    const permissions = strapi.db.query('plugin::users-permissions.permission');
    for (const action of missing) {
      const existing = await permissions.findOne({ where: { action, role: role.id } });
      if (!existing) await permissions.create({ data: { action, role: role.id } });
    }
    await strapi.store.set({ ...GRANTED, value: [...granted, ...missing] });
  });
}
