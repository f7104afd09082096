import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createStrapi, type Core } from '@strapi/strapi';
import supertest from 'supertest';
import { createDatabase, type TestDatabase } from './database';

export const PROJECT_DIR = path.resolve(__dirname, '..', '..');

/** Secrets of a CMS that lives for one test file. */
export const TEST_SECRETS = {
  APP_KEYS: 'test-key-a,test-key-b',
  API_TOKEN_SALT: 'test-api-token-salt',
  ADMIN_JWT_SECRET: 'test-admin-jwt-secret',
  TRANSFER_TOKEN_SALT: 'test-transfer-token-salt',
  JWT_SECRET: 'test-jwt-secret',
  ENCRYPTION_KEY: 'test-encryption-key',
};

export interface Cms {
  strapi: Core.Strapi;
  /** Requests to the CMS, without credentials. */
  http: ReturnType<typeof supertest>;
  stop(): Promise<void>;
}

/**
 * The real application with an empty database of its own, or with the given one, which then stays.
 *
 * @param options.distDir Another compiled application than the project's, absolute.
 */
export async function startCms(
  given?: TestDatabase,
  { distDir = path.join(PROJECT_DIR, 'dist') } = {}
): Promise<Cms> {
  const database = given ?? (await createDatabase());
  useDatabase(database);
  const strapi = await createStrapi({ appDir: PROJECT_DIR, distDir }).load();
  strapi.server.mount();

  return {
    strapi,
    http: supertest(strapi.server.httpServer),
    async stop() {
      await untilIdle(strapi);
      await strapi.destroy();
      if (!given) await database.drop();
    },
  };
}

/** Makes every application that starts from here on, a command line's too, use a database. */
export function useDatabase({ env }: TestDatabase): void {
  Object.assign(process.env, TEST_SECRETS, env, { LOG_LEVEL: 'error' });
}

/** Strapi reads what it tells webhooks after a commit; destroying it meanwhile rejects those reads. */
async function untilIdle(strapi: Core.Strapi): Promise<void> {
  const { pool } = strapi.db.connection.client;
  while (pool.numUsed() + pool.numPendingAcquires() > 0) await wait(10);
}
