import { AsyncLocalStorage } from 'node:async_hooks';
import { createHttpError, errors } from '../../../../kit/strapi-utils';
import type { Core } from '@strapi/strapi';
import { E_TIMEOUT, Mutex, withTimeout } from 'async-mutex';
import { getConfig } from '../../config';
import { WRITE_LOCK } from '../../models';
import { getShapes } from '../foundation/shapes';
import { serviceOf } from '../foundation/service-of';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: lock_not_available */
const PG_LOCK_NOT_AVAILABLE = '55P03';
/** https://www.sqlite.org/rescode.html: another process writes, and the driver stopped waiting. */
const SQLITE_BUSY = 'SQLITE_BUSY';

const ONLY_ROW = 1;

/** Shared by all applications of a process, as every instance slows down each of its promises. */
const held = new AsyncLocalStorage<{ active: boolean }>();

interface Claim {
  /** Fingerprint of the application that had the right to write before; `null` if none had it. */
  before: string | null;
  /** The row's write count at the claim, and then after each write of this process. */
  writes: number;
}

type Hooks = Parameters<Parameters<Core.Strapi['db']['transaction']>[0] & object>[0];
type Transaction = Hooks['trx'];

/**
 * Allows one write at a time, across all processes that share a database.
 *
 * A write *holds* the lock while its task runs. It gets the lock in one of three ways:
 * - the caller already holds it (an update that publishes): the task just runs;
 * - the caller has a transaction open (the panel's Publish, or a bulk publish, which runs its
 *   documents in parallel): the tasks of that transaction queue up, and the first takes the row;
 * - otherwise, the write waits in the process's own queue first, so that waiting needs no
 *   connection of the pool, and then opens a transaction whose first statement takes the row.
 *
 * The row also records which keys the most recently started application knows. While an application
 * is being replaced, replica by replica, by one with other keys, the old replicas would publish
 * without the new columns; so they continue to answer readers, but no longer write.
 *
 * The end of the transaction releases the row, no matter who opened it. Without the row, parallel
 * publishes of documents that link each other fail with deadlocks and foreign key errors: Strapi
 * replaces the row of a published document, and with it the link rows of all its neighbors.
 */
export function createWriteLock({ strapi }: { strapi: Core.Strapi }) {
  /** The claim of this process; `undefined` if it took over from no other application. */
  let claimed: Claim | undefined;
  const processQueue = withTimeout(new Mutex(), getConfig(strapi).lockTimeoutMs);
  const transactionQueues = new WeakMap<Transaction, { mutex: Mutex; isRowTaken: boolean }>();

  const table = (trx: Transaction) =>
    strapi.db.getConnection(WRITE_LOCK.tableName).transacting(trx);

  async function hold<T>(task: () => Promise<T>): Promise<T> {
    // What the task leaves running (event listeners) must not assume that it still holds the lock.
    const state = { active: true };
    try {
      return await held.run(state, task);
    } finally {
      state.active = false;
    }
  }

  /** @returns The number of writes so far, including this one. */
  async function takeRow(trx: Transaction): Promise<number> {
    const { lockTimeoutMs } = getConfig(strapi);
    try {
      if (strapi.db.dialect.client === 'postgres') {
        await trx.raw(`SET LOCAL lock_timeout = ${lockTimeoutMs}`);
      }
      const { fingerprint } = getShapes(strapi);
      const [taken] = await table(trx)
        .where({ shapes: fingerprint })
        .increment('writes', 1)
        .returning('writes');
      if (!taken) throw (await table(trx).first('id')) ? otherKeysError() : replacedError();
      return taken.writes;
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === PG_LOCK_NOT_AVAILABLE || code === SQLITE_BUSY) throw timeoutError(lockTimeoutMs);
      throw error;
    }
  }

  async function runInTransaction<T>({ trx, onCommit }: Hooks, task: () => Promise<T>): Promise<T> {
    const queue = transactionQueues.get(trx) ?? { mutex: new Mutex(), isRowTaken: false };
    transactionQueues.set(trx, queue);
    return queue.mutex.runExclusive(async () => {
      // An earlier task of the same transaction may have failed and ended it while this one waited;
      // Strapi would silently open a new transaction for it.
      if (trx.isCompleted()) {
        throw new errors.ApplicationError(
          'Nothing was saved, because another part of the same operation failed'
        );
      }
      if (!queue.isRowTaken) {
        const writes = await takeRow(trx);
        onCommit(() => {
          if (claimed) claimed.writes = writes;
        });
      }
      queue.isRowTaken = true;
      return hold(task);
    });
  }

  return {
    /**
     * Restricts writing to applications whose shapes have the same keys as this one. Call this
     * before Strapi alters the tables: otherwise PostgreSQL would abort that, or a write of an old
     * replica, as a deadlock.
     */
    async claim(): Promise<void> {
      const { fingerprint: shapes } = getShapes(strapi);
      const isThere = await strapi.db
        .getSchemaConnection()
        .hasColumn(WRITE_LOCK.tableName, 'shapes');
      if (!isThere) return;
      await strapi.db.transaction(async ({ trx }) => {
        const [row] = await table(trx).increment('writes', 1).returning(['shapes', 'writes']);
        if (!row || row.shapes === shapes) return;
        claimed = { before: row.shapes, writes: row.writes };
        await table(trx).update({ shapes });
      });
    },

    /**
     * Gives the right to write back to the application that had it before, because this one fails
     * to start. Does nothing if another process claimed it or wrote since: the row counts both.
     *
     * @param undo Undoes whatever else the start has changed.
     */
    async unclaim(undo: () => Promise<void>): Promise<void> {
      if (!claimed) return;
      const { before: shapes, writes } = claimed;
      await strapi.db.transaction(async ({ trx }) => {
        if ((await table(trx).where({ writes }).update({ shapes })) > 0) await undo();
      });
    },

    /** Creates the row if missing. If replicas start at once, the primary key lets one win. */
    async ensureRow(): Promise<void> {
      await strapi.db.transaction(async ({ trx }) => {
        const { fingerprint: shapes } = getShapes(strapi);
        await table(trx).insert({ id: ONLY_ROW, writes: 0, seq: 0 }).onConflict('id').ignore();
        await table(trx).update({ shapes });
        // In a database from before there were publications: Strapi adds columns without a value.
        await table(trx).whereNull('seq').update({ seq: 0 });
      });
    },

    async hasRow(): Promise<boolean> {
      return (await strapi.db.getConnection(WRITE_LOCK.tableName).first('id')) !== undefined;
    },

    /** Whether the caller runs within a write that holds the lock. */
    isHeld: (): boolean => held.getStore()?.active === true,

    run<T>(task: () => Promise<T>): Promise<T> {
      if (held.getStore()?.active) return task();
      const inTransaction = async (): Promise<T> =>
        await strapi.db.transaction((hooks) => runInTransaction(hooks, task));
      return strapi.db.inTransaction() ? inTransaction() : queued(inTransaction);
    },
  };

  async function queued<T>(task: () => Promise<T>): Promise<T> {
    try {
      return await processQueue.runExclusive(task);
    } catch (error) {
      throw error === E_TIMEOUT ? timeoutError(getConfig(strapi).lockTimeoutMs) : error;
    }
  }
}

/** Strapi's import empties all tables; a background job then publishes what was imported. */
const replacedError = (): Error =>
  createHttpError(
    503,
    'The database was replaced a moment ago, by an import or a restore: nothing was saved, try again in a minute or restart the server'
  );

const otherKeysError = (): Error =>
  createHttpError(
    503,
    'This server runs another version of the application than the one that was started last, whose shapes have other keys: nothing was saved. Send the change to the newer one, and replace this server'
  );

const timeoutError = (timeoutMs: number): Error =>
  createHttpError(
    503,
    `Other changes have been under way for ${timeoutMs / 1000} seconds: nothing was saved, try again`
  );

export const getWriteLock = serviceOf('write-lock', createWriteLock);
