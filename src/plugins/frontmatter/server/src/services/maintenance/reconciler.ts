import { isDeepStrictEqual } from 'node:util';
import type { Core, UID } from '@strapi/strapi';
import { populateOf, type Shape } from '../../../../core';
import type { Difference, Reconciler } from '../../../../shared';
import type { Publication } from '../../models';
import { createPauses, yieldToReaders } from '../foundation/yield-to-readers';
import { getPendingLinks } from '../linking/pending-links';
import { documentPages, type DocumentRow } from '../store/document-rows';
import { getPublications } from '../store/publications';
import { getPublisher } from '../publishing/publisher';
import { getReferences } from '../store/references';
import { getRenderer } from '../rendering/renderer';
import { getShapes } from '../foundation/shapes';
import { isSame } from '../publishing/publication-rows';
import { getWriteLock } from '../store/write-lock';
import { serviceOf } from '../foundation/service-of';

/** Number of documents that are rendered before other requests get a turn. */
const PAGE_SIZE = 20;

/**
 * Compares what is published with what readers get, by rendering everything again. Finds writes
 * that bypassed the CMS: components by `strapi.db.query`, tables by SQL, a restore, a transfer.
 *
 * It reads without the lock, so a write may happen between its reads. Anything that seems to differ
 * is checked a second time before it counts.
 */
export function createReconciler({ strapi }: { strapi: Core.Strapi }): Reconciler {
  const findPublished = (shape: Shape, documentIds: readonly string[], query: object) =>
    strapi.db.query(shape.contentType as UID.ContentType).findMany({
      ...query,
      where: { documentId: { $in: [...documentIds] }, publishedAt: { $notNull: true } },
      orderBy: { id: 'asc' },
    }) as Promise<DocumentRow[]>;

  async function compare(shape: Shape, page: readonly DocumentRow[]): Promise<Difference[]> {
    const renderer = getRenderer(strapi);
    const ids = page.map(({ documentId }) => documentId);
    const linked = await renderer.withLinks(shape, page);
    const rendered = renderer.renderReadable(shape, linked);
    const live = await getPublications(strapi).findLiveOf(ids);
    const stale = await getReferences(strapi).findStale(shape, ids, linked);
    return page.flatMap((published, index): Difference[] => {
      const { documentId } = published;
      const now = rendered[index];
      if (!now) return [];
      const [given, ...others] = live.filter((row) => row.documentId === documentId);
      const difference = (kind: Difference['kind']) => [
        { collection: shape.collection, documentId, slug: now.slug, kind },
      ];
      if (!given) return difference('missing');
      if (!isSame(given, now) || others.length > 0) return difference('differs');
      const isTracked =
        isDeepStrictEqual(given.content, renderer.contentOf(shape, published)) &&
        !stale.some(({ ownerId }) => ownerId === documentId);
      return isTracked ? [] : difference('untracked');
    });
  }

  async function* published(shape: Shape): AsyncGenerator<Difference[]> {
    for await (const page of documentPages(strapi, shape, {
      isDraft: false,
      pageSize: PAGE_SIZE,
    })) {
      const seeming = await compare(shape, page);
      if (seeming.length === 0) {
        yield [];
        continue;
      }
      const ids = seeming.map(({ documentId }) => documentId);
      const again = await findPublished(shape, ids, { populate: populateOf(shape) });
      yield await compare(shape, again);
    }
  }

  /** Finds what readers get although its document is not published. */
  async function* orphans(shape: Shape): AsyncGenerator<Difference[]> {
    const publications = getPublications(strapi);
    const pages = publications.liveOf(shape.collection, { select: ['documentId', 'slug'] });
    const unpublished = async (live: readonly Publication[]) => {
      const rows = await findPublished(
        shape,
        live.map(({ documentId }) => documentId),
        { select: ['documentId'] }
      );
      const ids = new Set(rows.map(({ documentId }) => documentId));
      return live.filter(({ documentId }) => !ids.has(documentId));
    };
    for await (const page of pages) {
      const seeming = (await unpublished(page)).map(({ documentId }) => documentId);
      const again = await unpublished(await publications.findLiveOf(seeming));
      yield again.map(({ documentId, slug }) => ({
        collection: shape.collection,
        documentId,
        slug,
        kind: 'orphaned',
      }));
    }
  }

  async function* pagesOf(shape: Shape): AsyncGenerator<Difference[]> {
    yield* published(shape);
    yield* orphans(shape);
  }

  /** Checks everything again under the lock, so that a write in between does no harm. */
  async function repair(shape: Shape, differences: readonly Difference[]): Promise<void> {
    const ids = differences.map(({ documentId }) => documentId);
    const cause = { kind: 'other', reason: 'reconciled' } as const;
    await getWriteLock(strapi).run(() => getPublisher(strapi).publishChanges(shape, ids, cause));
  }

  return {
    async reconcile({ check = false, share = 1, signal, onStep } = {}): Promise<Difference[]> {
      const found: Difference[] = [];
      const pause = createPauses(share, signal);
      for (const shape of getShapes(strapi).all()) {
        for await (const differences of pagesOf(shape)) {
          if (signal?.aborted) return found;
          found.push(...differences);
          if (!check && differences.length > 0) await repair(shape, differences);
          onStep?.();
          await yieldToReaders(strapi);
          // Readers are waiting for repairs, so pause only after a page without differences.
          if (differences.length === 0) await pause();
        }
        if (!check) {
          await getPendingLinks(strapi).linkAll(shape.contentType, { signal });
        }
      }
      return found;
    },
  };
}

export const getReconciler = serviceOf('reconciler', createReconciler);
