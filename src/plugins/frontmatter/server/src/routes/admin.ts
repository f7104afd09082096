import { createAdminRoute } from '../../../kit/admin-route';
import type { Action } from '../permissions';
import { PLUGIN_ID } from '../plugin-id';

const route = createAdminRoute<Action>(PLUGIN_ID);

const HISTORY = '/history/:model/:documentId';

export const adminRoutes = {
  type: 'admin',
  routes: [
    route('GET', '/shapes', 'panel.shapes', null),
    route('GET', '/owners/:model', 'panel.owners', null),
    route('POST', '/preview/:model', 'panel.preview', 'panel.read'),
    route('POST', '/names/:model/:attribute', 'panel.names', 'panel.read'),
    route('GET', HISTORY, 'history.find', 'history.read'),
    route('GET', `${HISTORY}/:cursor`, 'history.findOne', 'history.read'),
    route('POST', `${HISTORY}/:cursor/restore`, 'history.restore', 'history.restore'),
    route('GET', '/deleted/:model', 'history.findDeleted', 'history.read'),
    route('POST', '/deleted/:model/:slug/restore', 'history.restoreDeleted', 'history.restore'),
  ],
};
