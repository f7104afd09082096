import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { BEGIN, type Cursor } from '../../../../core';
import { PUBLICATION, type PublicationReason, type PublicationState } from '../../models';
import { getPublications, type ServedRow } from '../store/publications';
import { getReadConnection } from '../store/read-connection';
import { getShapes } from '../foundation/shapes';
import { serviceOf } from '../foundation/service-of';

/** The current row of a slug: what readers get of it, or that they no longer get anything. */
export interface ChangeRow extends ServedRow {
  seq: number;
  token: string;
  collection: string;
  document_id: string;
  state: PublicationState;
  reason: PublicationReason;
}

export interface ChangesPage {
  rows: ChangeRow[];
  /** Current slugs by document id, for the live documents whose old slugs are among the rows. */
  newSlugs: ReadonlyMap<string, string>;
  /** Position from which to continue. */
  cursor: Cursor;
  hasMore: boolean;
  /** Position of the newest publication. */
  newest: Cursor;
}

/** The largest `seq` that a column of type integer holds. */
const MAX_INTEGER = 2 ** 31 - 1;

const COLUMNS = [
  'seq',
  'token',
  'collection',
  'slug',
  'document_id',
  'state',
  'reason',
  'text',
  'data',
  'etag',
  'at',
];

/**
 * What changed for readers since a position. Contains only the newest row of each slug: a client
 * that applies all of them in order ends with what is published, whatever happened in between.
 */
export function createChanges({ strapi }: { strapi: Core.Strapi }) {
  const table = (trx: Knex.Transaction) =>
    getReadConnection(strapi).query(PUBLICATION.tableName, trx);

  /** Whether the database ever had a position. */
  async function isKnown(trx: Knex.Transaction, { seq, token }: Cursor): Promise<boolean> {
    if (seq === 0) return true;
    // PostgreSQL fails on a number that its column cannot hold.
    if (seq > MAX_INTEGER) return false;
    return (await table(trx).where({ seq, token }).first('seq')) !== undefined;
  }

  async function newSlugsOf(
    trx: Knex.Transaction,
    rows: readonly ChangeRow[]
  ): Promise<Map<string, string>> {
    const ids = rows.flatMap((row) => (row.reason === 'renamed' ? row.document_id : []));
    if (ids.length === 0) return new Map();
    const live: ChangeRow[] = await table(trx)
      .whereIn('document_id', ids)
      .where({ is_current: true, state: 'live' })
      .select('document_id', 'slug');
    return new Map(live.map((row) => [row.document_id, row.slug]));
  }

  return {
    isKnown,

    /**
     * @param since If omitted, the result is all that is published and nothing that is gone.
     * @returns `undefined` if the database never had that position.
     */
    async since(
      since: Cursor = BEGIN,
      { collection, limit }: { collection?: string | undefined; limit: number }
    ): Promise<ChangesPage | undefined> {
      return getReadConnection(strapi).snapshot(async (trx) => {
        if (!(await isKnown(trx, since))) return undefined;
        const all = getShapes(strapi).all();
        const collections = collection ? [collection] : all.map((shape) => shape.collection);
        const found: ChangeRow[] = await getPublications(strapi)
          .current(collections, trx)
          .where(since.seq === 0 ? { state: 'live' } : {})
          .where('seq', '>', since.seq)
          .orderBy('seq')
          .limit(limit + 1)
          .select(COLUMNS);
        const rows = found.slice(0, limit);
        const hasMore = found.length > limit;
        const newest = await getPublications(strapi).cursor(undefined, trx);
        const cursor = (hasMore && rows.at(-1)) || newest;
        return { rows, newSlugs: await newSlugsOf(trx, rows), cursor, hasMore, newest };
      });
    },
  };
}

export const getChanges = serviceOf('changes', createChanges);
