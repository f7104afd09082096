import { setImmediate } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';

/** How long one piece of a long work waits for others at most: it has to come to an end as well. */
const PATIENCE_MS = 200;

/**
 * Stands between the pieces of a long work, such as the files of an import. Saving on SQLite is
 * synchronous and takes the only connection: without a turn of its own no request would even be
 * received, and one that makes several queries would wait for a whole piece before each of them.
 */
export async function giveWay({ db }: Core.Strapi): Promise<void> {
  const { pool } = db.connection.client;
  const until = performance.now() + PATIENCE_MS;
  do {
    await setImmediate();
  } while (pool.numPendingAcquires() > 0 && performance.now() < until);
  // What was just answered may lead to another query.
  await setImmediate();
}
