import type { Core } from '@strapi/strapi';

interface PermissionService {
  actionProvider: { registerMany(actions: object[]): Promise<unknown> };
}

/**
 * Registers the actions of a plugin, so that roles in the panel can be granted them. Must be called
 * while Strapi starts: it accepts no actions later.
 *
 * @param actions Their names in the panel, by id.
 */
export async function registerActions(
  strapi: Core.Strapi,
  pluginName: string,
  actions: Readonly<Record<string, string>>
): Promise<void> {
  const { actionProvider } = strapi.service('admin::permission') as unknown as PermissionService; // has no types
  await actionProvider.registerMany(
    Object.entries(actions).map(([uid, displayName]) => ({
      section: 'plugins',
      pluginName,
      uid,
      displayName,
    }))
  );
}
