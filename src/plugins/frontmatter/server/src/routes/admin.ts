import type { Action } from '../permissions';
import { PLUGIN_ID } from '../plugin-id';

/** For whoever may do that; a new object for each route: Strapi writes into it. */
const route = (method: string, path: string, handler: string, action?: Action) => ({
  method,
  path,
  handler,
  config: {
    policies: [
      'admin::isAuthenticatedAdmin',
      ...(action
        ? [
            {
              name: 'admin::hasPermissions',
              config: { actions: [`plugin::${PLUGIN_ID}.${action}`] },
            },
          ]
        : []),
    ],
  },
});

const HISTORY = '/history/:model/:documentId';

export const adminRoutes = {
  type: 'admin',
  routes: [
    route('GET', '/shapes', 'panel.shapes'),
    route('GET', '/owners/:model', 'panel.owners'),
    route('POST', '/preview/:model', 'panel.preview', 'panel.read'),
    route('POST', '/names/:model/:attribute', 'panel.names', 'panel.read'),
    route('GET', HISTORY, 'history.find', 'history.read'),
    route('GET', `${HISTORY}/:cursor`, 'history.findOne', 'history.read'),
    route('POST', `${HISTORY}/:cursor/restore`, 'history.restore', 'history.restore'),
    route('GET', '/deleted/:model', 'history.findDeleted', 'history.read'),
    route('POST', '/deleted/:model/:slug/restore', 'history.restoreDeleted', 'history.restore'),
  ],
};
