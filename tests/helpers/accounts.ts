import type { Core } from '@strapi/strapi';
import { supertest } from './native';

export const ADMIN = { email: 'ada@example.org', password: 'Secret-1234' };

/** Logs in the first administrator, registering if needed. Returns an authenticated agent. */
export async function loginAsAdmin(
  strapi: Core.Strapi
): Promise<ReturnType<typeof supertest.agent>> {
  const http = supertest(strapi.server.httpServer);
  const isRegistered = (await strapi.db.query('admin::user').count()) > 0;
  const { body, status } = isRegistered
    ? await http.post('/admin/login').send(ADMIN)
    : await http
        .post('/admin/register-admin')
        .send({ ...ADMIN, firstname: 'Ada', lastname: 'Editor' });
  if (status !== 200) throw new Error(`the login answered ${status}: ${JSON.stringify(body)}`);
  return supertest
    .agent(strapi.server.httpServer)
    .set('Authorization', `Bearer ${body.data.token}`);
}

/** Logs in a panel user whose only role has these actions, such as `plugin::upload.read`. */
export async function loginWithActions(
  strapi: Core.Strapi,
  actions: string[]
): Promise<ReturnType<typeof supertest.agent>> {
  const name = `role ${actions.join(' ')}`;
  const role = await strapi.service('admin::role').create({ name, description: '' });
  const permissions = actions.map((action) => ({ action, subject: null, conditions: [] }));
  await strapi.service('admin::role').assignPermissions(role.id, permissions);
  const email = `role-${role.id}@example.org`;
  const { password } = ADMIN;
  const user = { email, password, firstname: 'Olu', lastname: 'Operator', isActive: true };
  await strapi.service('admin::user').create({ ...user, roles: [role.id] });
  const http = supertest(strapi.server.httpServer);
  const { body, status } = await http.post('/admin/login').send({ email, password });
  if (status !== 200) throw new Error(`the login answered ${status}: ${JSON.stringify(body)}`);
  return supertest
    .agent(strapi.server.httpServer)
    .set('Authorization', `Bearer ${body.data.token}`);
}

type TokenType = 'full-access' | 'read-only' | 'custom';

/** Creates an API token; `permissions` is only for custom ones. */
export async function createToken(
  strapi: Core.Strapi,
  type: TokenType,
  permissions?: string[]
): Promise<string> {
  const { accessKey } = await strapi.service('admin::api-token').create({
    name: `${type} ${permissions?.join() ?? ''}`.slice(0, 100),
    description: '',
    type,
    lifespan: null,
    permissions,
  });
  return accessKey;
}

/** Returns an agent with a new API token; `permissions` is only for custom ones. */
export async function loginWithToken(
  strapi: Core.Strapi,
  type: TokenType,
  permissions?: string[]
): Promise<ReturnType<typeof supertest.agent>> {
  const token = await createToken(strapi, type, permissions);
  return supertest.agent(strapi.server.httpServer).set('Authorization', `Bearer ${token}`);
}
