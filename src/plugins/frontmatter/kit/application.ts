import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { UsageError } from './command-line';

const POLL_MS = 20;

/**
 * Finds the folder of the code that Node runs: the application's own if that is in JavaScript.
 *
 * @throws UsageError if the folder holds no built application.
 */
export function findDistDir(appDir: string): string {
  const isTypeScript = existsSync(path.join(appDir, 'tsconfig.json'));
  const distDir = isTypeScript ? path.join(appDir, 'dist') : appDir;
  if (existsSync(path.join(distDir, 'src'))) return distDir;
  throw new UsageError(
    isTypeScript
      ? `${appDir} holds no built application: run npm run build there first`
      : `${appDir} holds no Strapi application: run this in the folder of one`
  );
}

/**
 * Runs a task with the application loaded in this process, without a server.
 *
 * @param beforeLoad Called with the application before it writes anything; may throw to reject.
 */
export async function withApplication<T>(
  appDir: string,
  task: (strapi: Core.Strapi) => Promise<T>,
  beforeLoad?: (created: Core.Strapi) => Promise<void>
): Promise<T> {
  // Ignores the level in .env, which is for the server.
  const level = process.env['LOG_LEVEL'] ?? 'error';
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import() would take Strapi's ESM build, which Node cannot load (lodash/fp has no exports)
  const { createStrapi } = require('@strapi/strapi') as typeof import('@strapi/strapi');
  const created = createStrapi({ appDir, distDir: findDistDir(appDir) });
  created.log.level = level;
  await beforeLoad?.(created);
  const strapi = await created.load();
  try {
    return await task(strapi);
  } finally {
    await untilIdle(strapi);
    await strapi.destroy();
  }
}

/** Waits for what commits start and nothing else awaits: queries of dispatchers, and webhooks. */
async function untilIdle(strapi: Core.Strapi): Promise<void> {
  const { pool } = strapi.db.connection.client;
  const { queue } = strapi.get('webhookRunner') as { queue: { running: number } };
  do {
    await wait(POLL_MS);
  } while (pool.numUsed() + pool.numPendingAcquires() + queue.running > 0);
}
