import type { Core } from '@strapi/strapi';
import createKnex, { type Knex } from 'knex';

/** Enough for queries of a millisecond, and little beside what a database allows. */
const POOL = { min: 0, max: 4 };

/**
 * Connections for what readers ask, beside those of Strapi: a read must not wait for writes. On
 * SQLite Strapi has one connection, which a transaction keeps to itself until it ends; on
 * PostgreSQL, publishes of the panel that wait for each other can hold the whole pool.
 */
export function createReadConnection({ strapi }: { strapi: Core.Strapi }) {
  let own: Knex | undefined;

  const openOwn = (options: Knex.Config): Knex =>
    createKnex({ ...strapi.db.connection.client.config, ...options });

  return {
    /**
     * A SQLite file without a write-ahead log is read through Strapi's connection: a reader and a
     * writer lock each other out there, and the driver would stop the whole process to wait.
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
        pool: { min: 0, max: 1 }, // the driver is synchronous: there is never a second query
      });
    },

    /**
     * Several queries that all find what was committed when the first of them began. A query of
     * the task that does not use its transaction waits for a connection that the task holds.
     */
    snapshot<T>(task: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
      // On SQLite a transaction that reads is one: https://www.sqlite.org/isolation.html
      const isPostgres = strapi.db.dialect.client === 'postgres';
      const options: Knex.TransactionConfig = isPostgres
        ? { isolationLevel: 'repeatable read', readOnly: true }
        : {};
      return (own ?? strapi.db.connection).transaction(task, options);
    },

    /** A query, outside of any transaction unless told: it finds what was committed when it begins. */
    query(tableName: string, trx?: Knex.Transaction): Knex.QueryBuilder {
      const schema = strapi.db.getSchemaName();
      const query = (trx ?? own ?? strapi.db.connection)(tableName);
      return schema ? query.withSchema(schema) : query;
    },

    async close(): Promise<void> {
      await own?.destroy();
      own = undefined;
    },
  };
}
