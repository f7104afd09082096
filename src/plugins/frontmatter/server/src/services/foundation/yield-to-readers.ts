import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';

/** How long one piece of a long work waits for others at most: it has to come to an end as well. */
const PATIENCE_MS = 200;
/** Turns of the event loop without a query, after which nobody seems to wait. */
const QUIET_TURNS = 10;
/** Node takes a longer timeout for one of a millisecond. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * Stands between the pieces of a long work, such as the files of an import. Saving on SQLite is
 * synchronous and takes the only connection: without a turn of its own no request would even be
 * received, and one that makes several queries would wait for a whole piece before each of them.
 */
export async function yieldToReaders({ db }: Core.Strapi): Promise<void> {
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

/**
 * Keeps a work in the background to a share of one core: what this gives waits between two of its
 * pieces, as much longer than the last one took as it takes.
 */
export function createPauses(share: number, signal?: AbortSignal): () => Promise<void> {
  let began = performance.now();
  return async () => {
    const workedMs = performance.now() - began;
    const pauseMs = Math.min(workedMs * (1 / share - 1), MAX_TIMEOUT_MS);
    await wait(pauseMs, undefined, { ref: false, ...(signal && { signal }) }).catch(
      () => undefined // it ends with the work
    );
    began = performance.now();
  };
}
