import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import TEST_SECRETS from '../environment/test-secrets.json';
import { createDatabase, type TestDatabase } from './database';
import { holdDispatcher } from './deploy-hooks';
import { nativeRequire, supertest } from './native';

const { createStrapi } = nativeRequire('@strapi/strapi') as typeof import('@strapi/strapi');

export const PROJECT_DIR = path.resolve(__dirname, '..', '..');

/** Secrets of a CMS that lives for one test file. */
export { TEST_SECRETS };

declare global {
  /** Applications for `tests/environment/native-environment.js` to stop if their file did not. */
  var runningCms: Set<Cms> | undefined;
}

export interface Cms {
  strapi: Core.Strapi;
  /** Agent for requests to the CMS, without credentials. */
  http: ReturnType<typeof supertest>;
  stop(): Promise<void>;
}

interface CmsOptions {
  /** Absolute path of a compiled application other than the project's. */
  distDir?: string;
  /**
   * Whether the background work of a server runs, from the first request on. By default, nothing
   * interferes between what a test writes and what it reads.
   */
  hasBackground?: boolean;
}

/** Starts the real application with a new database, or with a given one, which `stop` keeps. */
export async function startCms(
  given?: TestDatabase,
  { distDir = path.join(PROJECT_DIR, 'dist'), hasBackground = false }: CmsOptions = {}
): Promise<Cms> {
  const database = given ?? (await createDatabase());
  useDatabase(database);
  const strapi = await createStrapi({ appDir: PROJECT_DIR, distDir }).load();
  strapi.server.mount();
  // Strapi counts logins in its modules, which all test files of a worker share.
  for (const key of ['admin.rateLimit', 'plugin::users-permissions.ratelimit']) {
    strapi.config.set(key, { enabled: false });
  }
  if (!hasBackground) {
    strapi.plugin('frontmatter').service('background').start = () => undefined;
    holdDispatcher(strapi);
  }

  const cms: Cms = {
    strapi,
    http: supertest(strapi.server.httpServer),
    async stop() {
      await untilIdle(strapi);
      await strapi.destroy();
      if (!given) await database.drop();
    },
  };
  globalThis.runningCms?.add(cms);
  const { destroy } = strapi;
  strapi.destroy = () => {
    globalThis.runningCms?.delete(cms);
    return destroy.call(strapi);
  };
  return cms;
}

/** Makes all applications that start from now on use a database, including command lines. */
export function useDatabase({ env }: TestDatabase): void {
  Object.assign(process.env, TEST_SECRETS, env, { LOG_LEVEL: 'error' });
}

/** Waits for Strapi's reads for webhooks after a commit, which a destroy would reject. */
async function untilIdle(strapi: Core.Strapi): Promise<void> {
  const { pool } = strapi.db.connection.client;
  while (pool.numUsed() + pool.numPendingAcquires() > 0) await wait(10);
}

/** Makes a CMS listen on a free loopback port, unless it already listens. Returns its URL. */
export async function listen({ strapi }: Cms): Promise<string> {
  const { httpServer } = strapi.server;
  if (!httpServer.listening) await once(httpServer.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
}
