import type { Core } from '@strapi/strapi';

interface PermissionService {
  actionProvider: { registerMany(actions: object[]): Promise<unknown> };
}

/**
 * Lets roles in the panel be given the actions of a plugin. To be called while Strapi starts: it
 * takes no actions later.
 *
 * @param actions What the panel calls them, by id.
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
