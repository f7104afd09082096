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

/** The columns of a live row that readers get; `at` is what the driver makes of a moment. */
export interface ServedRow {
  slug: string;
  text: string;
  data: string;
  etag: string;
  at: string | number | Date;
}

/** A document as readers get it: made when it was published, or a draft rendered on request. */
export interface ServedDocument {
  slug: string;
  /** Hash of `text`, 32 hexadecimal digits. */
  hash: string;
  /** The markdown file. */
  text: string;
  /** The frontmatter as JSON text. */
  json: string;
  /** When it became what it is; absent for a draft. */
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

/** The table of what readers get, and got. */
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

  /** Only the newest texts of a document are kept; of each slug, the newest row always whole. */
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

  /** Tells the other plugins of this process, once the transaction that this runs in is committed. */
  async function announce(): Promise<void> {
    const emit = () =>
      strapi.eventHub
        .emit(PUBLISHED_EVENT)
        .catch((error: unknown) =>
          log(strapi, 'error', `a listener to ${PUBLISHED_EVENT} failed`, { error })
        );
    await strapi.db.transaction(({ onCommit }) => onCommit(emit));
  }

  /** The newest position, of a collection or of all. */
  async function cursor(collection?: string, trx?: Knex.Transaction): Promise<Cursor> {
    const newest: Cursor | undefined = await getReadConnection(strapi)
      .query(PUBLICATION.tableName, trx)
      .where(collection === undefined ? {} : { collection })
      .orderBy('seq', 'desc')
      .first('seq', 'token');
    return newest ?? BEGIN;
  }

  /** Written out, since SQLite takes a partial index only for what stands in the statement itself. */
  const isCurrent = (): string =>
    strapi.db.dialect.client === 'postgres' ? 'is_current' : 'is_current = 1';

  return {
    /**
     * An index of the newest rows of slugs, for the feed. It is partial: one that begins with
     * `is_current` SQLite would take for every other question as well, and read all current rows.
     */
    ensureFeedIndex: (): Promise<void> =>
      ensurePartialIndex(strapi, {
        name: FEED_INDEX,
        tableName: PUBLICATION.tableName,
        columns: ['collection', 'seq'],
        where: isCurrent(),
      }),

    /** The newest rows of the slugs of some collections, for readers. */
    current: (collections: readonly string[], trx?: Knex.Transaction): Knex.QueryBuilder =>
      getReadConnection(strapi)
        .query(PUBLICATION.tableName, trx)
        .whereIn('collection', [...collections])
        .whereRaw(isCurrent()),

    /** The newest row of each slug, gone ones included. */
    findCurrent: (collection: string, slugs: readonly string[]): Promise<Publication[]> =>
      query().findMany({
        where: { collection, slug: { $in: [...slugs] }, isCurrent: true },
      }) as Promise<Publication[]>,

    /** What readers get of a slug, if anything. */
    findLive: (collection: string, slug: string): Promise<Publication | null> =>
      query().findOne({
        where: { collection, slug, isCurrent: true, state: 'live' },
      }) as Promise<Publication | null>,

    /** The same for readers: beside all writes, and only what an answer is made of. */
    async findServed(collection: string, slug: string): Promise<ServedDocument | undefined> {
      const row: ServedRow | undefined = await getReadConnection(strapi)
        .query(PUBLICATION.tableName)
        .where({ collection, slug, is_current: true, state: 'live' })
        .first('slug', 'text', 'data', 'etag', 'at');
      return row && toServed(row);
    },

    /** What readers get of some documents. */
    findLiveOf: (documentIds: readonly string[]): Promise<Publication[]> =>
      query().findMany({
        where: { documentId: { $in: [...documentIds] }, isCurrent: true, state: 'live' },
      }) as Promise<Publication[]>,

    /** The newest row of a document, whatever its state. */
    findLatestOf: (documentId: string): Promise<Publication | null> =>
      query().findOne({
        where: { documentId },
        orderBy: { seq: 'desc' },
      }) as Promise<Publication | null>,

    /** All rows of a document, the newest first. */
    findHistoryOf: (
      documentId: string,
      { limit, before }: { limit?: number | undefined; before?: number | undefined } = {}
    ): Promise<Publication[]> =>
      query().findMany({
        where: { documentId, ...(before !== undefined && { seq: { $lt: before } }) },
        orderBy: { seq: 'desc' },
        ...(limit && { limit }),
      }) as Promise<Publication[]>,

    /** Live rows of a collection in the order of their slugs, in pages, so that memory stays flat. */
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
     * The same as they are at one moment, whatever is published meanwhile: a document that is renamed
     * is on some page under its old slug. Rows stay as they are, but may lose their text.
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

    /** Whether a slug was ever given out, or taken in, with a text of this hash. */
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
      // A slug that one document leaves and another takes stands here twice.
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
     * Gives all rows another token, so that no cursor from before is known any more: who follows
     * the changes of a database that was restored may hold what the database never had.
     *
     * @returns The newest position.
     */
    async endCursors(): Promise<Cursor> {
      const token = newToken();
      await getWriteLock(strapi).run(() => query().updateMany({ where: {}, data: { token } }));
      return cursor();
    },

    /** Notes what moves the date from here on, where a write that is no author's has changed it. */
    async replaceContent({ id }: Publication, content: Record<string, string>): Promise<void> {
      await query().update({ where: { id }, data: { content } });
    },
  };
}

export const getPublications = serviceOf('publications', createPublications);
