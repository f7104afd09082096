import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import type { Shape } from '../core';
import { loadShapes } from '../node/load-shapes';
import { findOtherServer } from '../node/server-lease';
import { chooseCollection } from './choose-collection';
import { UsageError } from './errors';

const POLL_MS = 20;

/** @throws UsageError if the folder holds no built application. */
function findDistDir(appDir: string): string {
  const distDir = path.join(appDir, 'dist');
  if (!existsSync(path.join(distDir, 'src'))) {
    throw new UsageError(`${appDir} holds no built application: run npm run build there first`);
  }
  return distDir;
}

/** @throws UsageError if there is no such collection, or several and none is named. */
export function findShape(appDir: string, collection?: string): Shape {
  return chooseCollection(loadShapes(path.join(findDistDir(appDir), 'src')), collection);
}

/** Lines that say what to do with a running server. */
type Advice = (url: string) => string[];

export interface ApplicationOptions {
  /** Only of a task that changes content: what to do while a server runs on the same SQLite database. */
  insteadOfWriting?: Advice | undefined;
}

/**
 * Runs a task with the application loaded in this process, without a server.
 *
 * @throws UsageError with that advice, if one runs there.
 */
export async function withApplication<T>(
  appDir: string,
  task: (strapi: Core.Strapi) => Promise<T>,
  { insteadOfWriting }: ApplicationOptions = {}
): Promise<T> {
  process.env['LOG_LEVEL'] ??= 'error';
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import() would take Strapi's ESM build, which Node cannot load (lodash/fp has no exports)
  const { createStrapi } = require('@strapi/strapi') as typeof import('@strapi/strapi');
  const created = createStrapi({ appDir, distDir: findDistDir(appDir) });
  if (insteadOfWriting) await assertNoServer(created, insteadOfWriting);
  const strapi = await created.load();
  try {
    return await task(strapi);
  } finally {
    await untilIdle(strapi);
    await strapi.destroy();
  }
}

/** @throws UsageError that says which server it is, and what to do. */
async function assertNoServer({ db }: Core.Strapi, advice: Advice): Promise<void> {
  const server = await findOtherServer(db, new Date());
  if (!server) return;
  await db.connection.destroy();
  const { pid, host, url, since } = server;
  throw new UsageError(
    [
      `A server runs on this SQLite database (process ${pid} on ${host}, since ${since}), and two processes cannot write there at once: nothing was written.`,
      ...advice(url),
    ].join('\n')
  );
}

/** After a commit Strapi reads what it tells webhooks, and sends it, without anybody waiting for it. */
async function untilIdle(strapi: Core.Strapi): Promise<void> {
  const { pool } = strapi.db.connection.client;
  const { queue } = strapi.get('webhookRunner') as { queue: { running: number } };
  do {
    await wait(POLL_MS);
  } while (pool.numUsed() + pool.numPendingAcquires() + queue.running > 0);
}
