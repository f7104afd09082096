import { setImmediate } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';

/** How long one piece of a long work waits for others at most: it has to come to an end as well. */
const PATIENCE_MS = 200;
/** Turns of the event loop without a query, after which nobody seems to wait. */
const QUIET_TURNS = 10;

/**
 * Stands between the pieces of a long work, such as the files of an import. Saving on SQLite is
 * synchronous and takes the only connection: without a turn of its own no request would even be
 * received, and one that makes several queries would wait for a whole piece before each of them.
 */
export async function giveWay({ db }: Core.Strapi): Promise<void> {
  const { pool } = db.connection.client;
  const until = performance.now() + PATIENCE_MS;
  // Between two queries a request does other things, none of which takes long.
  let quietTurns = 0;
  while (quietTurns < QUIET_TURNS && performance.now() < until) {
    await setImmediate();
    const isQuiet = pool.numPendingAcquires() + pool.numUsed() === 0;
    quietTurns = isQuiet ? quietTurns + 1 : 0;
  }
}
