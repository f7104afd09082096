import type { Core } from '@strapi/strapi';
import { log } from '../foundation/log';
import { getClock } from '../foundation/clock';
import { getBackfill } from './backfill';
import { getReconciler } from './reconciler';
import { getServerLease, HEARTBEAT_MS } from './server-lease';
import { getWindows } from './windows';
import { getWriteLock } from '../store/write-lock';
import { serviceOf } from '../foundation/service-of';

const WINDOW_POLL_MS = 15_000;
const REPLACEMENT_POLL_MS = 5_000;
const MS_PER_SECOND = 1_000;
const DAY_MS = 24 * 60 * 60 * MS_PER_SECOND;
/** Share of one core: ten thousand documents take about an hour, and nobody notices. */
const COMPARISON_SHARE = 0.008;
/** Number of documents that a log line names. */
const NAMED = 5;

/**
 * Runs the tasks of a server other than answering requests. None of them runs on the command line,
 * which loads the application without listening.
 */
export function createBackground({ strapi }: { strapi: Core.Strapi }) {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const timers: NodeJS.Timeout[] = [];

  /** @param next When the task runs again if it fails. */
  function run(name: string, next: string, task: () => Promise<void>): void {
    const started: Promise<void> = task()
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) log(strapi, 'error', `${name} failed, ${next}`, { error });
      })
      .finally(() => running.delete(started));
    running.add(started);
  }

  /** Repeats a task, but never runs it twice at once. */
  function every(ms: number, name: string, task: () => Promise<void>): void {
    let isRunning = false;
    const timer = setInterval(() => {
      if (isRunning) return;
      isRunning = true;
      run(name, `trying again in ${ms / MS_PER_SECOND} seconds`, () =>
        task().finally(() => {
          isRunning = false;
        })
      );
    }, ms);
    timers.push(timer.unref());
  }

  async function reconcile(share?: number): Promise<void> {
    const { signal } = stopping;
    const options = { signal, ...(share !== undefined && { share }) };
    const found = await getReconciler(strapi).reconcile(options);
    if (found.length === 0) return;
    const named = found.slice(0, NAMED).map(({ collection, slug }) => `${collection}/${slug}`);
    const more = found.length > NAMED ? ` and ${found.length - NAMED} more` : '';
    log(
      strapi,
      'info',
      `what readers get differed from ${found.length} documents, which were written past the CMS or by another version of it, and was repaired: ${named.join(', ')}${more}`
    );
  }

  /**
   * Publishes a replaced database. `strapi import` and `transfer` empty all tables, including the
   * lock row, while a server runs. Nothing can be written until that row is back, and it comes back
   * in one transaction with the values of all keys.
   */
  async function takeInReplacement(): Promise<void> {
    const lock = getWriteLock(strapi);
    if (await lock.hasRow()) return;
    log(
      strapi,
      'warn',
      'the database was replaced by an import or a restore: its documents are published again, you need not do anything'
    );
    await strapi.db.transaction(async () => {
      await lock.ensureRow();
      await getBackfill(strapi).fill();
    });
    await reconcile();
  }

  return {
    takeInReplacement,

    start(): void {
      const lease = getServerLease(strapi);
      const beat = `trying again in ${HEARTBEAT_MS / MS_PER_SECOND} seconds`;
      run('taking the server lease', beat, () => lease.renew());
      every(HEARTBEAT_MS, 'renewing the server lease', () => lease.renew());

      // Includes windows that passed while no server ran. The comparison also finds older ones.
      let publishedUntil = new Date(getClock(strapi).now().getTime() - DAY_MS);
      every(WINDOW_POLL_MS, 'following windows', async () => {
        publishedUntil = await getWindows(strapi).publishCrossed(publishedUntil);
      });
      run('comparing all documents with what readers get', 'the next start does it again', () =>
        reconcile(COMPARISON_SHARE)
      );
      every(REPLACEMENT_POLL_MS, 'publishing a replaced database', takeInReplacement);
    },

    /** Waits for running tasks. */
    async stop(): Promise<void> {
      const hasStarted = timers.length > 0;
      stopping.abort();
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running);
      if (!hasStarted) return;
      await getServerLease(strapi)
        .release()
        .catch(() => undefined); // it expires by itself
    },
  };
}

export const getBackground = serviceOf('background', createBackground);
