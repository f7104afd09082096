import type { Core } from '@strapi/strapi';
import { commitError, lostError } from '../foundation/database-errors';
import { log } from '../foundation/log';
import { getShutdown } from './shutdown';

interface Connection {
  /** Knex's mark for a connection that its pool must not use again. */
  __knex__disposed?: unknown;
}

interface Client {
  query(connection: Connection, sql: string): Promise<{ response?: { command?: string } }>;
  transaction(...options: unknown[]): Transaction;
}

/** The part of Knex 3's `lib/execution/transaction.js` that begins and ends a transaction. */
interface Transaction {
  trxClient: Client;
  _completed: boolean;
  _resolver(value: unknown): void;
  _rejecter(error: unknown): void;
  begin(connection: Connection): Promise<unknown>;
  commit(connection: Connection, value?: unknown): Promise<void>;
}

type Callback = () => unknown;

interface Hooks {
  trx: { client: { acquireConnection(): Promise<Connection> } };
  onCommit(callback: Callback): void;
}
type RunTransaction = (task?: (hooks: Hooks) => unknown) => Promise<unknown>;

/**
 * Makes every transaction of Strapi end as the database reports, no matter who began it:
 *
 * - A `COMMIT` that fails rejects. Knex rejects only its own promise, which Strapi does not await:
 *   Strapi would run the commit callbacks, answer with success, and return the connection with the
 *   transaction still open.
 * - A `BEGIN` that fails rejects. Knex hands out a transaction that has already ended, and Strapi
 *   runs the task in it.
 * - An error in a transaction that has lost its connection is reported as that loss. Strapi treats
 *   what it cannot look up as missing, and would blame the document.
 * - Callbacks that run after a commit can neither change its outcome nor end the process.
 * - A connection that is lost while Strapi initializes it is discarded. Strapi does not handle this
 *   error, and it would end the process.
 */
export function guardTransactions(strapi: Core.Strapi): void {
  const { db } = strapi;
  const client = db.connection.client as Client;

  const beginTransaction = client.transaction.bind(client);
  client.transaction = (...options) => {
    const transaction = beginTransaction(...options);
    const begin = transaction.begin.bind(transaction);
    transaction.begin = async (connection) => {
      await begin(connection);
      // Knex has already rejected it with the database's error, which this cannot replace.
      if (transaction._completed) throw new Error('the transaction did not begin');
    };
    // Only the outermost transaction commits; nested ones release a savepoint.
    transaction.commit = (connection, value) => commit(strapi, transaction, { connection, value });
    return transaction;
  };

  const runTransaction = db.transaction.bind(db) as RunTransaction;
  const guarded: RunTransaction = async (task) => {
    if (!task) return runTransaction();
    let trx: Hooks['trx'] | undefined;
    try {
      return await runTransaction((hooks) => {
        trx = hooks.trx;
        const onCommit = (callback: Callback) => hooks.onCommit(() => runAside(strapi, callback));
        return task({ ...hooks, onCommit });
      });
    } catch (error) {
      const { status = 0 } = error as { status?: number };
      const connection = await trx?.client.acquireConnection();
      throw status < 500 && connection?.__knex__disposed ? lostError() : error;
    }
  };
  db.transaction = guarded as typeof db.transaction;

  const { dialect } = db;
  const initialize = dialect.initialize.bind(dialect);
  dialect.initialize = (connection: Connection) =>
    initialize(connection).catch((error: unknown) => {
      connection.__knex__disposed = error; // the pool checks this before it hands out a connection
    });
}

/** @throws an error with status 503 or 507; the connection can be used again. */
async function commit(
  strapi: Core.Strapi,
  transaction: Transaction,
  { connection, value }: { connection: Connection; value: unknown }
): Promise<void> {
  const sent = transaction.trxClient.query(connection, 'COMMIT');
  transaction._completed = true; // from now on, nothing can be added to it
  try {
    const { response } = await sent;
    // PostgreSQL answers this if a statement failed and its sender caught the error.
    if (response?.command === 'ROLLBACK') throw new Error('a statement of it had failed');
  } catch (error) {
    log(strapi, 'error', 'the commit of a change failed', { error });
    await (strapi.db.connection.client as Client)
      .query(connection, 'ROLLBACK')
      .catch((reason: unknown) => {
        connection.__knex__disposed = reason; // lost, or the database itself ended the transaction
      });
    const failure = commitError(error);
    transaction._rejecter(failure);
    throw failure;
  }
  transaction._resolver(value);
}

function runAside(strapi: Core.Strapi, callback: Callback): void {
  const run = async (): Promise<unknown> => callback();
  const done = run().catch((error: unknown) =>
    log(strapi, 'error', 'something that follows a commit failed; what was committed is saved', {
      error,
    })
  );
  getShutdown(strapi).waitFor(done);
}
