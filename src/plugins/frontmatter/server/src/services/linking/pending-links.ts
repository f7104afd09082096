import type { Core } from '@strapi/strapi';
import { chunk } from 'es-toolkit';
import {
  linkPending,
  pendingSlugs,
  toLinkOrder,
  type LinkOrder,
  type Shape,
} from '../../../../core';
import { yieldToReaders } from '../foundation/yield-to-readers';
import { getLinks } from './links';
import { getPublications } from '../store/publications';
import { getPublisher } from '../publishing/publisher';
import { getRenderer, linksOf } from '../rendering/renderer';
import { getShapes } from '../foundation/shapes';
import { getWriteLock } from '../store/write-lock';
import { serviceOf } from '../foundation/service-of';

type Links = ReturnType<typeof linksOf>[number];

/** Rows that are linked in one transaction before other work gets a turn. */
const CHUNK_SIZE = 20;

/** Matches a stored order that has a pending slug; ids are objects with another key. */
const HAS_PENDING = '%"slug"%';

/** Turns slugs that the CMS did not know into links once their documents exist. */
export function createPendingLinks({ strapi }: { strapi: Core.Strapi }) {
  /**
   * Finds rows of both versions with pending slugs in their order, with the columns to link them.
   *
   * @param among Row ids; all rows if omitted.
   */
  async function findPending(shape: Shape, { field }: Links, among?: readonly number[]) {
    const { tableName, attributes } = strapi.db.metadata.get(shape.contentType);
    const { columnName } = attributes[field.orderAttribute] as { columnName: string };
    const found: Record<string, unknown>[] = await strapi.db.transaction(({ trx }) => {
      const query = strapi.db
        .getConnection(tableName)
        .transacting(trx)
        .select('id', 'document_id', 'published_at', columnName)
        .whereRaw('cast(?? as text) like ?', [columnName, HAS_PENDING])
        .orderBy('id');
      return among ? query.whereIn('id', [...among]) : query;
    });
    return found.map((row) => {
      const stored = row[columnName];
      return {
        id: Number(row['id']),
        documentId: String(row['document_id']),
        publishedAt: row['published_at'] as string | null,
        order: toLinkOrder(typeof stored === 'string' ? JSON.parse(stored) : stored) ?? [],
      };
    });
  }

  /**
   * Updates the content hashes of a document that is not published at the moment: a slug that
   * becomes a link is not an author's change, so publishing it again must not move its date.
   */
  async function notePastLinks(
    shape: Shape,
    documentId: string,
    { path, field }: Links,
    { before, after }: { before: LinkOrder; after: LinkOrder }
  ): Promise<void> {
    const publications = getPublications(strapi);
    const latest = await publications.findLatestOf(documentId);
    if (latest?.state !== 'gone') return;
    const hashOfOrder = (order: LinkOrder) =>
      getRenderer(strapi).contentOf(shape, { [field.orderAttribute]: order })[path];
    if (latest.content[path] !== hashOfOrder(before)) return;
    const hash = hashOfOrder(after);
    if (hash) await publications.replaceContent(latest, { ...latest.content, [path]: hash });
  }

  /** Finds rows with pending slugs that can be linked by now, with their new order. */
  async function findLinkable(
    shape: Shape,
    links: Links,
    { slugs, among }: { slugs?: readonly string[]; among?: readonly number[] } = {}
  ) {
    const pending = await findPending(shape, links, among);
    const wanted = pending
      .flatMap(({ order }) => pendingSlugs(order))
      .filter((slug) => !slugs || slugs.includes(slug));
    const ids = await getLinks(strapi).idsBySlug(links.field, [...new Set(wanted)]);
    return pending.flatMap((row) => {
      const order = linkPending(row.order, (slug) => ids.get(slug));
      return order === row.order ? [] : [{ ...row, before: row.order, order }];
    });
  }

  async function linkRows(
    shape: Shape,
    links: Links,
    linkable: Awaited<ReturnType<typeof findLinkable>>
  ): Promise<void> {
    const { saveOrder, alignRelation } = getLinks(strapi);
    const owners = new Set<string>();
    for (const { order, before, ...row } of linkable) {
      await notePastLinks(shape, row.documentId, links, { before, after: order });
      await saveOrder(shape, row.id, links.field, order);
      await alignRelation(shape, row, links, order);
      if (row.publishedAt) owners.add(row.documentId);
    }
    const cause = { kind: 'other', reason: 'reference' } as const;
    await getPublisher(strapi).publishChanges(shape, [...owners], cause);
  }

  const linksTo = (target: string) =>
    getShapes(strapi)
      .all()
      .flatMap((shape) =>
        linksOf(shape)
          .filter(({ field }) => field.target === target)
          .map((links) => ({ shape, links }))
      );

  return {
    /** Links drafts and published rows that wait for slugs. The caller holds the write lock. */
    async link(target: string, slugs: readonly string[]): Promise<void> {
      for (const { shape, links } of linksTo(target)) {
        await linkRows(shape, links, await findLinkable(shape, links, { slugs }));
      }
    },

    /**
     * Links all pending slugs that have a document by now, some rows at a time, so that other work
     * gets a turn. Each step takes the write lock and checks again; it is safe to run twice.
     */
    async linkAll(
      target: string,
      { signal }: { signal?: AbortSignal | undefined } = {}
    ): Promise<void> {
      for (const { shape, links } of linksTo(target)) {
        const ids = (await findLinkable(shape, links)).map(({ id }) => id);
        for (const among of chunk(ids, CHUNK_SIZE)) {
          if (signal?.aborted) return;
          await getWriteLock(strapi).run(async () =>
            linkRows(shape, links, await findLinkable(shape, links, { among }))
          );
          await yieldToReaders(strapi);
        }
      }
    },
  };
}

export const getPendingLinks = serviceOf('pending-links', createPendingLinks);
