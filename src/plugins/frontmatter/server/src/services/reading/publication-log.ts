import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { Cursor, FrontmatterData } from '../../../../core';
import type { LoggedPublication, PublicationLog } from '../../../../shared';
import { PUBLICATION, type PublicationState } from '../../models';
import { getShapes } from '../foundation/shapes';
import { getChanges } from './changes';
import { getPublications } from '../store/publications';
import { getReadConnection } from '../store/read-connection';

interface LogRow {
  seq: number;
  token: string;
  collection: string;
  slug: string;
  document_id: string;
  state: PublicationState;
  reason: string;
  changed: string[] | string;
  at: string | number | Date;
  data?: string | null;
  /** Position of the document's last live publication before this one. */
  before_seq?: number | null;
  before_data?: string | null;
}

const COLUMNS = [
  'seq',
  'token',
  'collection',
  'slug',
  'document_id',
  'state',
  'reason',
  'changed',
  'at',
].map((column) => `log.${column}`);

/** The publications that other plugins follow. Reads wait for no writes, such as an import. */
export function createPublicationLog({ strapi }: { strapi: Core.Strapi }): PublicationLog {
  const connection = () => getReadConnection(strapi);

  /** Joins the last live publication of the document before that of the row. */
  function withBefore(query: Knex.QueryBuilder, trx: Knex.Transaction): Knex.QueryBuilder {
    const lastSeq = connection()
      .query(`${PUBLICATION.tableName} as earlier`, trx)
      .max('earlier.seq')
      .where('earlier.document_id', trx.ref('log.document_id'))
      .where('earlier.seq', '<', trx.ref('log.seq'))
      .where('earlier.state', 'live');
    const before = `${PUBLICATION.tableName} as before`; // in the schema of the query
    return query
      .leftJoin(before, (join) => join.on('before.seq', '=', lastSeq as never))
      .select('log.data', 'before.seq as before_seq', 'before.data as before_data');
  }

  const publications = (trx: Knex.Transaction): Knex.QueryBuilder =>
    connection().query(`${PUBLICATION.tableName} as log`, trx).select(COLUMNS);

  async function read(
    query: Knex.QueryBuilder,
    trx: Knex.Transaction,
    { withData }: { withData: boolean }
  ): Promise<LoggedPublication[]> {
    const rows: LogRow[] = await (withData ? withBefore(query, trx) : query);
    return rows.map((row) => ({
      ...loggedOf(row),
      tagsKey: getShapes(strapi).findByCollection(row.collection)?.tags ?? null,
      ...(withData && dataOf(row)),
    }));
  }

  return {
    newest: () => getPublications(strapi).cursor(),

    after: (cursor: Cursor, { limit, withData }) =>
      connection().snapshot(async (trx) => {
        if (!(await getChanges(strapi).isKnown(trx, cursor))) return undefined;
        const query = publications(trx)
          .where('log.seq', '>', cursor.seq)
          .orderBy('log.seq')
          .limit(limit);
        return read(query, trx, { withData });
      }),

    newestOf: (collection, slug, { withData }) =>
      connection().snapshot(async (trx) => {
        const where = { 'log.collection': collection, 'log.slug': slug, 'log.is_current': true };
        const query = publications(trx).where(where).limit(1);
        const [newest] = await read(query, trx, { withData });
        return newest;
      }),
  };
}

function loggedOf({
  seq,
  token,
  document_id,
  changed,
  at,
  ...row
}: LogRow): Omit<LoggedPublication, 'tagsKey'> {
  const { collection, slug, state, reason } = row;
  return {
    cursor: { seq, token },
    collection,
    slug,
    documentId: document_id,
    state,
    reason,
    changed: typeof changed === 'string' ? JSON.parse(changed) : (changed ?? []),
    at: new Date(at),
  };
}

/** Returns data of both publications: no key if it is no longer kept, `null` if there is none. */
function dataOf(row: LogRow): Pick<LoggedPublication, 'before' | 'after'> {
  const parse = (data: string): FrontmatterData => JSON.parse(data);
  return {
    ...(row.state === 'gone' ? { after: null } : row.data && { after: parse(row.data) }),
    ...((row.before_seq ?? null) === null
      ? { before: null }
      : row.before_data && { before: parse(row.before_data) }),
  };
}
