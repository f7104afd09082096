/**
 * Creates a function that describes the routes of a plugin for its panel.
 *
 * @returns A function that creates a new object for each route, because Strapi writes into it.
 *   Without an action, the route is for anyone who is signed in to the panel.
 */
export const createAdminRoute =
  <Action extends string>(pluginId: string) =>
  (method: string, path: string, handler: string, action: Action | null) => ({
    method,
    path,
    handler,
    config: {
      policies: [
        'admin::isAuthenticatedAdmin',
        ...(action === null
          ? []
          : [
              {
                name: 'admin::hasPermissions',
                config: { actions: [`plugin::${pluginId}.${action}`] },
              },
            ]),
      ],
    },
  });
