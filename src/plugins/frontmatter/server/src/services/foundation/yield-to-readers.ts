import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';

/** How long one piece of a long task waits for others at most: the task has to finish as well. */
const PATIENCE_MS = 200;
/** After this many turns of the event loop without a query, nobody seems to be waiting. */
const QUIET_TURNS = 10;
/** Node treats a longer timeout as one of a millisecond. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * Gives others a turn between the pieces of a long task, such as the files of an import. Saving on
 * SQLite is synchronous and occupies the only connection: without this, no request would even be
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
 * Keeps a background task to a share of one core: the returned function waits between two pieces of
 * the task, in proportion to the time that the last piece took.
 */
export function createPauses(share: number, signal?: AbortSignal): () => Promise<void> {
  let began = performance.now();
  return async () => {
    const workedMs = performance.now() - began;
    const pauseMs = Math.min(workedMs * (1 / share - 1), MAX_TIMEOUT_MS);
    await wait(pauseMs, undefined, { ref: false, ...(signal && { signal }) }).catch(
      () => undefined // the pause is aborted together with the task
    );
    began = performance.now();
  };
}
