import type { Core } from '@strapi/strapi';
import createKnex, { type Knex } from 'knex';
import { serviceOf } from '../foundation/service-of';

/** Enough for queries that take a millisecond, and few compared to what a database allows. */
const POOL = { min: 0, max: 4 };

/**
 * Connections for readers, separate from Strapi's: a read must not wait for writes. On SQLite,
 * Strapi has one connection, which a transaction occupies until it ends; on PostgreSQL, publishes
 * in the panel that wait for each other can occupy the whole pool.
 */
export function createReadConnection({ strapi }: { strapi: Core.Strapi }) {
  let own: Knex | undefined;
  const statements = new Set<Prepared<unknown>>();

  const openOwn = (options: Knex.Config): Knex =>
    createKnex({ ...strapi.db.connection.client.config, ...options });

  async function closeStatements(): Promise<void> {
    await Promise.all([...statements].map((statement) => statement.close()));
    statements.clear();
  }

  return {
    /**
     * Opens the connections. A SQLite file without a write-ahead log is read through Strapi's
     * connection: its readers and writers lock each other out, and the driver would block the whole
     * process while waiting.
     */
    async open(): Promise<void> {
      if (strapi.db.dialect.client === 'postgres') {
        own = openOwn({ pool: POOL });
        return;
      }
      const { connectionSettings } = strapi.db.connection.client;
      const [{ journal_mode: mode }] = await strapi.db.connection.raw('PRAGMA journal_mode');
      if (mode !== 'wal') return;
      own = openOwn({
        connection: { ...connectionSettings, options: { readonly: true } },
        pool: { min: 0, max: 1 }, // the driver is synchronous: queries never overlap
      });
    },

    /**
     * Runs several queries that all see what was committed when the first of them began. A query
     * that does not use the transaction would wait for a connection that the task itself holds.
     */
    snapshot<T>(task: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
      // On SQLite, every read transaction is a snapshot: https://www.sqlite.org/isolation.html
      const isPostgres = strapi.db.dialect.client === 'postgres';
      const options: Knex.TransactionConfig = isPostgres
        ? { isolationLevel: 'repeatable read', readOnly: true }
        : {};
      return (own ?? strapi.db.connection).transaction(task, options);
    },

    /** Builds a query, by default in no transaction: it sees what is committed when it begins. */
    query(tableName: string, trx?: Knex.Transaction): Knex.QueryBuilder {
      const schema = strapi.db.getSchemaName();
      const query = (trx ?? own ?? strapi.db.connection)(tableName);
      return schema ? query.withSchema(schema) : query;
    },

    /** Whether readers have their own connections, and so wait for no writer. */
    isOwn: (): boolean => own !== undefined,

    /**
     * Prepares a query that runs again and again: once, on its own connection. After an error, such
     * as a lost connection, the query opens another one.
     */
    prepare<Row>(build: () => Knex.QueryBuilder): () => Promise<Row> {
      let prepared: Prepared<Row> | undefined;
      return async () => {
        if (!own) throw new Error('the connection of readers is closed');
        prepared ??= await prepareOn<Row>(own, build());
        statements.add(prepared);
        try {
          return await prepared.first();
        } catch (error) {
          const failed = prepared;
          prepared = undefined;
          statements.delete(failed);
          await failed.close().catch(() => undefined); // the connection is already lost
          throw error;
        }
      };
    },

    closeStatements,

    async close(): Promise<void> {
      await closeStatements();

      await own?.destroy();
      own = undefined;
    },
  };
}

/** A prepared statement with its own connection. */
interface Prepared<Row> {
  /** Returns the first row. */
  first(): Promise<Row>;
  close(): Promise<void>;
}

/** Bypasses Knex, which prepares a query on each run: that takes longer than a short query. */
async function prepareOn<Row>({ client }: Knex, query: Knex.QueryBuilder): Promise<Prepared<Row>> {
  const { sql, bindings } = query.toSQL().toNative();
  const connection = await client.acquireRawConnection();
  const close = async (): Promise<void> => client.destroyRawConnection(connection);
  if (client.config.client === 'better-sqlite3' || client.driverName === 'better-sqlite3') {
    const statement = (connection as SqliteConnection<Row>).prepare(sql);
    return { first: async () => statement.get(...bindings), close };
  }
  const prepared = { name: 'frontmatter', text: sql, values: [...bindings] };
  return {
    first: async () => {
      const { rows } = await (connection as PostgresConnection<Row>).query(prepared);
      return rows[0] as Row; // what is prepared here always returns a row
    },
    close,
  };
}

interface SqliteConnection<Row> {
  prepare(sql: string): { get(...bindings: readonly unknown[]): Row };
}
interface PostgresConnection<Row> {
  query(query: { name: string; text: string; values: unknown[] }): Promise<{ rows: Row[] }>;
}

export const getReadConnection = serviceOf('read-connection', createReadConnection);
