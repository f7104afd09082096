import { randomBytes } from 'node:crypto';
import type { Core, UID } from '@strapi/strapi';
import { chunk, groupBy } from 'es-toolkit';
import type { Knex } from 'knex';
import { BEGIN, type Cursor } from '../../../../core';
import { PUBLISHED_EVENT } from '../../../../shared';
import { getConfig } from '../../config';
import { log } from '../foundation/log';
import { PUBLICATION, WRITE_LOCK, type NewPublication, type Publication } from '../../models';
import { getClock } from '../foundation/clock';
import { authorOf } from './author';
import { getMetrics } from './metrics';
import { ensurePartialIndex } from './partial-index';
import { getReadConnection } from './read-connection';
import { getWriteLock } from './write-lock';
import { serviceOf } from '../foundation/service-of';

/** The columns of a live row that readers get; the type of `at` depends on the driver. */
export interface ServedRow {
  slug: string;
  text: string;
  data: string;
  etag: string;
  at: string | number | Date;
}

/** A document as readers get it: rendered when it was published, or a draft rendered on request. */
export interface ServedDocument {
  slug: string;
  /** Hash of `text`, 32 hexadecimal digits. */
  hash: string;
  /** The markdown file. */
  text: string;
  /** The frontmatter as JSON text. */
  json: string;
  /** When this version was published; absent for a draft. */
  publishedAt?: Date;
}

const TOKEN_BYTES = 4;
const FEED_INDEX = 'frontmatter_publications_feed';
const newToken = (): string => randomBytes(TOKEN_BYTES).toString('hex');

export const toServed = ({ slug, text, data, etag, at }: ServedRow): ServedDocument => ({
  slug,
  text,
  json: data,
  hash: etag,
  publishedAt: new Date(at),
});

const slugKeyOf = ({ collection, slug }: NewPublication): string => `${collection}/${slug}`;

/** The table of what readers get and what they got before. */
export function createPublications({ strapi }: { strapi: Core.Strapi }) {
  const query = () => strapi.db.query(PUBLICATION.uid as UID.Schema);

  async function nextSeqs(count: number): Promise<number> {
    return strapi.db.transaction(async ({ trx }) => {
      const [row] = await strapi.db
        .getConnection(WRITE_LOCK.tableName)
        .transacting(trx)
        .increment('seq', count)
        .returning('seq');
      return Number(row.seq) - count + 1;
    });
  }

  /** Drops all but the newest texts of each document. The newest row of a slug keeps its text. */
  async function forgetOldTexts(documentIds: readonly string[]): Promise<void> {
    const { retention } = getConfig(strapi);
    const kept = (await query().findMany({
      select: ['id', 'documentId'],
      where: { documentId: { $in: [...documentIds] }, isCurrent: false, text: { $notNull: true } },
      orderBy: { seq: 'desc' },
    })) as Publication[];
    const ofEach = Object.values(groupBy(kept, ({ documentId }) => documentId));
    const old = ofEach.flatMap((rows) => rows.slice(retention - 1));
    if (old.length === 0) return;
    await query().updateMany({
      where: { id: { $in: old.map(({ id }) => id) } },
      data: { text: null, data: null },
    });
  }

  /** Notifies the other plugins of this process once the surrounding transaction is committed. */
  async function announce(): Promise<void> {
    const emit = () =>
      strapi.eventHub
        .emit(PUBLISHED_EVENT)
        .catch((error: unknown) =>
          log(strapi, 'error', `a listener to ${PUBLISHED_EVENT} failed`, { error })
        );
    await strapi.db.transaction(({ onCommit }) => onCommit(emit));
  }

  /** Returns the newest position of one collection or of all. */
  async function cursor(collection?: string, trx?: Knex.Transaction): Promise<Cursor> {
    const newest: Cursor | undefined = await getReadConnection(strapi)
      .query(PUBLICATION.tableName, trx)
      .where(collection === undefined ? {} : { collection })
      .orderBy('seq', 'desc')
      .first('seq', 'token');
    return newest ?? BEGIN;
  }

  /** Literal SQL: SQLite uses a partial index only if it finds the condition in the statement. */
  const isCurrent = (): string =>
    strapi.db.dialect.client === 'postgres' ? 'is_current' : 'is_current = 1';

  return {
    /**
     * Creates an index of the newest rows of slugs, for the feed. It is partial: SQLite would also
     * use an index that begins with `is_current` for every other query, and read all current rows.
     */
    ensureFeedIndex: (): Promise<void> =>
      ensurePartialIndex(strapi, {
        name: FEED_INDEX,
        tableName: PUBLICATION.tableName,
        columns: ['collection', 'seq'],
        where: isCurrent(),
      }),

    /** Queries the newest rows of the slugs of some collections, for readers. */
    current: (collections: readonly string[], trx?: Knex.Transaction): Knex.QueryBuilder =>
      getReadConnection(strapi)
        .query(PUBLICATION.tableName, trx)
        .whereIn('collection', [...collections])
        .whereRaw(isCurrent()),

    /** Finds the newest row of each slug, including slugs that are gone. */
    findCurrent: (collection: string, slugs: readonly string[]): Promise<Publication[]> =>
      query().findMany({
        where: { collection, slug: { $in: [...slugs] }, isCurrent: true },
      }) as Promise<Publication[]>,

    /** Finds what readers get of a slug, if anything. */
    findLive: (collection: string, slug: string): Promise<Publication | null> =>
      query().findOne({
        where: { collection, slug, isCurrent: true, state: 'live' },
      }) as Promise<Publication | null>,

    /** Like `findLive`, but for readers: waits for no writes, selects only what an answer needs. */
    async findServed(collection: string, slug: string): Promise<ServedDocument | undefined> {
      const row: ServedRow | undefined = await getReadConnection(strapi)
        .query(PUBLICATION.tableName)
        .where({ collection, slug, is_current: true, state: 'live' })
        .first('slug', 'text', 'data', 'etag', 'at');
      return row && toServed(row);
    },

    /** Finds what readers get of some documents. */
    findLiveOf: (documentIds: readonly string[]): Promise<Publication[]> =>
      query().findMany({
        where: { documentId: { $in: [...documentIds] }, isCurrent: true, state: 'live' },
      }) as Promise<Publication[]>,

    /** Finds the newest row of a document, whatever its state. */
    findLatestOf: (documentId: string): Promise<Publication | null> =>
      query().findOne({
        where: { documentId },
        orderBy: { seq: 'desc' },
      }) as Promise<Publication | null>,

    /** Finds the rows of a document, newest first. */
    findHistoryOf: (
      documentId: string,
      { limit, before }: { limit?: number | undefined; before?: number | undefined } = {}
    ): Promise<Publication[]> =>
      query().findMany({
        where: { documentId, ...(before !== undefined && { seq: { $lt: before } }) },
        orderBy: { seq: 'desc' },
        ...(limit && { limit }),
      }) as Promise<Publication[]>,

    /** Yields the live rows of a collection, sorted by slug, in pages to keep memory use flat. */
    async *liveOf(
      collection: string,
      { pageSize = 100, select }: { pageSize?: number; select?: (keyof Publication)[] } = {}
    ): AsyncGenerator<Publication[]> {
      let after = '';
      for (;;) {
        const page = (await query().findMany({
          ...(select && { select }),
          where: { collection, isCurrent: true, state: 'live', slug: { $gt: after } },
          orderBy: { slug: 'asc' },
          limit: pageSize,
        })) as Publication[];
        if (page.length === 0) return;
        yield page;
        after = page.at(-1)?.slug ?? '';
      }
    },

    /**
     * Like `liveOf`, but as of one moment, whatever is published meanwhile: a renamed document is
     * still on some page, under its old slug. Rows stay, but may lose their text.
     */
    async *snapshotOf(collection: string, { pageSize = 100 } = {}): AsyncGenerator<Publication[]> {
      const rows = (await query().findMany({
        select: ['id'],
        where: { collection, isCurrent: true, state: 'live' },
        orderBy: { slug: 'asc' },
      })) as Publication[];
      for (const ids of chunk(
        rows.map(({ id }) => id),
        pageSize
      )) {
        yield (await query().findMany({
          where: { id: { $in: ids } },
          orderBy: { slug: 'asc' },
        })) as Publication[];
      }
    },

    countLive: (collection: string): Promise<number> =>
      query().count({ where: { collection, isCurrent: true, state: 'live' } }),

    cursor,

    /** Whether this slug was ever published with a text of this hash. */
    async isKnownText(collection: string, slug: string, etag: string): Promise<boolean> {
      return (await query().count({ where: { collection, slug, etag } })) > 0;
    },

    /** Appends rows, in order. The caller holds the write lock. */
    async record(rows: readonly NewPublication[]): Promise<void> {
      if (rows.length === 0) return;
      const first = await nextSeqs(rows.length);
      const at = getClock(strapi).now().toISOString();
      for (const collection of new Set(rows.map((row) => row.collection))) {
        const slugs = rows.flatMap((row) => (row.collection === collection ? row.slug : []));
        await query().updateMany({
          where: { collection, slug: { $in: slugs }, isCurrent: true },
          data: { isCurrent: false },
        });
      }
      // A slug that moves from one document to another occurs twice here.
      const newest = new Map(rows.map((row, index) => [slugKeyOf(row), index]));
      const data = rows.map((row, index) => ({
        ...row,
        seq: first + index,
        token: newToken(),
        isCurrent: newest.get(slugKeyOf(row)) === index,
        publishedBy: authorOf(strapi, row.reason),
        at,
      }));
      await query().createMany({ data });
      await getMetrics(strapi).countPublications(rows);
      await announce();
      await forgetOldTexts([...new Set(rows.map(({ documentId }) => documentId))]);
    },

    /**
     * Gives all rows a new token, which invalidates all existing cursors: a client that follows the
     * changes of a restored database may hold content that this database never had.
     *
     * @returns The newest position.
     */
    async endCursors(): Promise<Cursor> {
      const token = newToken();
      await getWriteLock(strapi).run(() => query().updateMany({ where: {}, data: { token } }));
      return cursor();
    },

    /** Replaces the hashes that decide dates, after a change that was not an author's. */
    async replaceContent({ id }: Publication, content: Record<string, string>): Promise<void> {
      await query().update({ where: { id }, data: { content } });
    },
  };
}

export const getPublications = serviceOf('publications', createPublications);
