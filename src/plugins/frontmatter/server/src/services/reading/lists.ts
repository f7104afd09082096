import type { Core, UID } from '@strapi/strapi';
import { chunk, uniq } from 'es-toolkit';
import type { Knex } from 'knex';
import { populateOf, type Cursor, type Shape, type StoredDocument } from '../../../../core';
import type { UnreadableDraft } from '../../../../shared';
import { PUBLICATION } from '../../models';
import { getDrafts } from '../rendering/drafts';
import { ensurePartialIndex } from '../store/partial-index';
import {
  getPublications,
  toServed,
  type ServedDocument,
  type ServedRow,
} from '../store/publications';
import { getReadConnection } from '../store/read-connection';
import { getShapes } from '../foundation/shapes';
import { serviceOf } from '../foundation/service-of';

/** Which documents, and in which order: as plain REST accepts it, validated and sanitized. */
export interface ListQuery {
  filters?: unknown;
  sort?: unknown;
}

export interface ListPage {
  documents: ServedDocument[];
  /** Drafts that belong on the page and cannot be rendered. */
  unreadable?: UnreadableDraft[];
  /** Number of all documents that match. */
  total: number;
  /** Position of the newest publication. */
  cursor: Cursor;
}

interface Range {
  start: number;
  limit: number;
}

/** A query as Strapi has parsed it. */
interface Matching {
  where: object;
  orderBy: object[];
}

export interface OpenList {
  /** What determines everything that will be read, in order. */
  versions: unknown[];
  /** Documents in chunks, each read on demand. */
  documents: AsyncGenerator<ServedDocument[]>;
}

interface FoundRow extends Pick<ServedRow, 'slug' | 'etag' | 'at'> {
  id: number;
  document_id: string;
}
type ListedRow = FoundRow & ServedRow;

/** Documents that are read at once while a whole collection is sent. */
const CHUNK_SIZE = 100;
const SHORT_TYPES = [
  'string',
  'uid',
  'enumeration',
  'integer',
  'float',
  'boolean',
  'date',
  'datetime',
];
const isShort = (type = ''): boolean => SHORT_TYPES.includes(type);
const SERVED = ['id', 'document_id', 'slug', 'text', 'data', 'etag', 'at'];

/**
 * Lists of documents of a collection. The content decides which documents they contain, and in
 * which order; what readers get of each was rendered when it was published.
 */
export function createLists({ strapi }: { strapi: Core.Strapi }) {
  const builder = (shape: Shape) => strapi.db.queryBuilder(shape.contentType as UID.ContentType);
  const connection = () => getReadConnection(strapi);

  /** Queries the live rows of a few documents among many, by document id. */
  const liveAmong = (ids: readonly string[], trx?: Knex.Transaction) =>
    connection()
      .query(PUBLICATION.tableName, trx)
      .whereIn('document_id', [...ids])
      .where({ is_current: true, state: 'live' });

  function matching(shape: Shape, { filters, sort }: ListQuery, isDraft: boolean): Matching {
    const { where, orderBy } = strapi
      .get('query-params')
      .transform(shape.contentType, { filters, sort });
    const bySlug = { [shape.slug]: 'asc' };
    const byDefault = shape.order ? [{ [shape.order]: 'asc' }] : [];
    const order = orderBy ? [orderBy].flat() : byDefault;
    return {
      where: { $and: [where ?? {}, { publishedAt: { [isDraft ? '$null' : '$notNull']: true } }] },
      orderBy: [...order, bySlug],
    };
  }

  async function idsOf(
    trx: Knex.Transaction,
    shape: Shape,
    { where, orderBy }: Matching,
    { start, limit }: Partial<Range> = {}
  ): Promise<string[]> {
    const rows: { document_id: string }[] = await builder(shape)
      .init({ select: ['documentId'], where, orderBy, offset: start, limit })
      .transacting(trx)
      .getKnexQuery();
    return rows.map((row) => row.document_id);
  }

  async function totalOf(trx: Knex.Transaction, shape: Shape, { where }: Matching) {
    const [row] = await builder(shape)
      .init({ where })
      .count('documentId')
      .transacting(trx)
      .getKnexQuery();
    return Number(row.count);
  }

  async function* readAll(found: readonly FoundRow[]): AsyncGenerator<ServedDocument[]> {
    for (const some of chunk(found, CHUNK_SIZE)) yield publicationsOf(some);
  }

  async function publicationsOf(found: readonly FoundRow[]): Promise<ServedDocument[]> {
    const rows: ListedRow[] = await connection()
      .query(PUBLICATION.tableName)
      .whereIn(
        'id',
        found.map(({ id }) => id)
      )
      .whereNotNull('text')
      .select(SERVED);
    // If a document was published so often meanwhile that this text is no longer kept, the current
    // one is used.
    const isLost = (row: FoundRow) => !rows.some(({ id }) => id === row.id);
    const lost = found.filter(isLost).map((row) => row.document_id);
    if (lost.length > 0) {
      rows.push(...(await liveAmong(lost).select(SERVED)));
    }
    const ids = found.map((row) => row.document_id);
    return inOrder(ids, rows, (row) => row.document_id).map(toServed);
  }

  /** Renders drafts. Strapi allows two drafts with the same slug; both are listed. */
  async function renderDrafts(
    shape: Shape,
    { where, orderBy }: Matching,
    { start, limit }: Range
  ): Promise<{ documents: ServedDocument[]; unreadable: UnreadableDraft[] }> {
    const rows: StoredDocument[] = await strapi.db
      .query(shape.contentType as UID.ContentType)
      .findMany({ where, orderBy, offset: start, limit, populate: populateOf(shape) });
    return getDrafts(strapi).list(shape, rows);
  }

  return {
    /**
     * Creates an index for the default order of each collection: without one, the database sorts a
     * whole collection for each page. On SQLite, the index also contains what most lists filter by:
     * rows with their long texts take fifty times as long to scan. PostgreSQL stores those texts
     * separately, and limits the size of an index.
     */
    async ensureIndexes(): Promise<void> {
      const isSqlite = strapi.db.dialect.client === 'sqlite';
      for (const { contentType, order, slug } of getShapes(strapi).all()) {
        const { tableName, attributes } = strapi.db.metadata.get(contentType);
        const short = Object.keys(attributes).filter((name) => isShort(attributes[name]?.type));
        const names = [order, slug, 'id', 'documentId', ...(isSqlite ? short : [])];
        const columns = names.flatMap((name = '') => {
          const attribute = attributes[name] as { columnName?: string } | undefined;
          return attribute?.columnName ?? [];
        });
        await ensurePartialIndex(strapi, {
          name: `${tableName}_list`,
          tableName,
          columns: uniq(columns),
          where: 'published_at IS NOT NULL',
        });
      }
    },

    async findPublished(shape: Shape, query: ListQuery, range: Range): Promise<ListPage> {
      const wanted = matching(shape, query, false);
      return connection().snapshot(async (trx) => {
        const ids = await idsOf(trx, shape, wanted, range);
        const rows: ListedRow[] = await liveAmong(ids, trx).select(SERVED);
        // A page that is not full is the last one: its total is known without a second search.
        const isLast = ids.length < range.limit && (ids.length > 0 || range.start === 0);
        return {
          documents: inOrder(ids, rows, (row) => row.document_id).map(toServed),
          total: isLast ? range.start + ids.length : await totalOf(trx, shape, wanted),
          cursor: await getPublications(strapi).cursor(undefined, trx),
        };
      });
    },

    async findDrafts(shape: Shape, query: ListQuery, range: Range): Promise<ListPage> {
      const wanted = matching(shape, query, true);
      return {
        ...(await renderDrafts(shape, wanted, range)),
        total: await strapi.db
          .query(shape.contentType as UID.ContentType)
          .count({ where: wanted.where }),
        cursor: await getPublications(strapi).cursor(),
      };
    },

    /**
     * Opens the list of all published documents that match. Their publications are determined at
     * once, and rows of publications never change: a slow reader gets what was there when it asked.
     */
    async openPublished(shape: Shape, query: ListQuery): Promise<OpenList> {
      const wanted = matching(shape, query, false);
      return connection().snapshot(async (trx) => {
        const ids = await idsOf(trx, shape, wanted);
        const live: FoundRow[] = await getPublications(strapi)
          .current([shape.collection], trx)
          .where({ state: 'live' })
          .select('id', 'document_id', 'slug', 'etag', 'at');
        const found = inOrder(ids, live, (row) => row.document_id);
        return {
          versions: found.map(({ slug, etag, at }) => [slug, etag, at]),
          documents: readAll(found),
        };
      });
    },

    async *streamDrafts(shape: Shape, query: ListQuery): AsyncGenerator<ServedDocument[]> {
      const wanted = matching(shape, query, true);
      for (let start = 0; ; start += CHUNK_SIZE) {
        const range = { start, limit: CHUNK_SIZE };
        const { documents, unreadable } = await renderDrafts(shape, wanted, range);
        yield documents;
        if (documents.length + unreadable.length < CHUNK_SIZE) return;
      }
    },
  };
}

function inOrder<Key, Row>(
  keys: readonly Key[],
  rows: readonly Row[],
  keyOf: (row: Row) => Key
): Row[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.flatMap((key) => byKey.get(key) ?? []);
}

export const getLists = serviceOf('lists', createLists);
