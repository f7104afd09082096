import type { Core } from '@strapi/strapi';
import supertest from 'supertest';

/** Registers the first administrator and gives requests that carry their login. */
export async function loginAsAdmin(
  strapi: Core.Strapi
): Promise<ReturnType<typeof supertest.agent>> {
  const { body, status } = await supertest(strapi.server.httpServer)
    .post('/admin/register-admin')
    .send({
      firstname: 'Ada',
      lastname: 'Editor',
      email: 'ada@example.org',
      password: 'Secret-1234',
    });
  if (status !== 200) throw new Error(`register-admin answered ${status}: ${JSON.stringify(body)}`);
  return supertest
    .agent(strapi.server.httpServer)
    .set('Authorization', `Bearer ${body.data.token}`);
}

type TokenType = 'full-access' | 'read-only' | 'custom';

/** Requests that carry a new API token; `permissions` only for a custom one. */
export async function loginWithToken(
  strapi: Core.Strapi,
  type: TokenType,
  permissions?: string[]
): Promise<ReturnType<typeof supertest.agent>> {
  const { accessKey } = await strapi.service('admin::api-token').create({
    name: `${type} ${permissions?.join() ?? ''}`.slice(0, 100),
    description: '',
    type,
    lifespan: null,
    permissions,
  });
  return supertest.agent(strapi.server.httpServer).set('Authorization', `Bearer ${accessKey}`);
}
