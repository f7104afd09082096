import { createAdminRoute } from 'strapi-plugin-frontmatter/kit/admin-route';
import type { Action } from '../permissions';
import { PLUGIN_ID } from '../plugin-id';

const route = createAdminRoute<Action>(PLUGIN_ID);

export const adminRoutes = {
  type: 'admin',
  routes: [
    route('GET', '/hooks', 'hook.find', 'read'),
    route('GET', '/hooks/:id', 'hook.findOne', 'read'),
    route('POST', '/hooks', 'hook.create', 'update'),
    route('PUT', '/hooks/:id', 'hook.update', 'update'),
    route('DELETE', '/hooks/:id', 'hook.delete', 'update'),
    route('POST', '/hooks/:id/secret', 'hook.rotateSecret', 'update'),
    route('POST', '/hooks/:id/test', 'hook.test', 'trigger'),
    route('POST', '/hooks/:id/trigger', 'hook.trigger', 'trigger'),
    route('POST', '/hooks/:id/pause', 'hook.pause', 'trigger'),
    route('POST', '/hooks/:id/resume', 'hook.resume', 'trigger'),
    route('GET', '/deliveries', 'delivery.find', 'read'),
    route('POST', '/deliveries/:id/send', 'delivery.send', 'trigger'),
    // Whether somebody may read it depends on the collection.
    route('GET', '/documents/:collection/:slug', 'document.findOne', null),
  ],
};
