import type { Core } from '@strapi/strapi';
import { hookContentType } from '../../models';
import { serviceOf } from '../foundation/service-of';

const TABLE = hookContentType.schema.collectionName;

/**
 * Allows one change of settings at a time, in all processes that share a database. Otherwise, two
 * requests, or replicas that start at the same moment, could create two hooks with one name. The
 * dispatcher, which writes other columns, does not wait for it.
 */
export function createSettingsLock({ strapi }: { strapi: Core.Strapi }) {
  return {
    /** Runs a task in its own transaction, which releases the lock when it ends. */
    run: async <T>(task: () => Promise<T>): Promise<T> =>
      await strapi.db.transaction(async ({ trx }) => {
        if (strapi.db.dialect.client === 'postgres') {
          const names = [strapi.db.getSchemaName(), TABLE].filter(Boolean);
          const table = names.map((name) => `"${name}"`).join('.');
          await trx.raw('SELECT pg_advisory_xact_lock(?::regclass::oid::bigint)', [table]);
        } else {
          // SQLite takes its only write lock at the first statement that writes, even if it matches
          // no row. A transaction that reads first is rejected if another process wrote meanwhile.
          await strapi.db
            .getConnection(TABLE)
            .transacting(trx)
            .whereRaw('1 = 0')
            .update({ revision: 0 });
        }
        return task();
      }),
  };
}

export const getSettingsLock = serviceOf('settings-lock', createSettingsLock);
