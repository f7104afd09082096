import type { Core } from '@strapi/strapi';
import { hookContentType } from '../../models';
import { serviceOf } from '../foundation/service-of';

const TABLE = hookContentType.schema.collectionName;

/**
 * One change of settings at a time, in all processes that share a database: two hooks of one name
 * would otherwise come of two requests, or of replicas that start at the same moment. The
 * dispatcher, whose columns are others, does not wait for it.
 */
export function createSettingsLock({ strapi }: { strapi: Core.Strapi }) {
  return {
    /** Runs a task in a transaction of its own that ends the lock. */
    run: async <T>(task: () => Promise<T>): Promise<T> =>
      await strapi.db.transaction(async ({ trx }) => {
        if (strapi.db.dialect.client === 'postgres') {
          const names = [strapi.db.getSchemaName(), TABLE].filter(Boolean);
          const table = names.map((name) => `"${name}"`).join('.');
          await trx.raw('SELECT pg_advisory_xact_lock(?::regclass::oid::bigint)', [table]);
        } else {
          // SQLite takes its only write lock for the first statement that writes, whatever it finds:
          // a transaction that reads first is refused where another process wrote meanwhile.
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
