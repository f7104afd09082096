import { setImmediate } from 'node:timers/promises';
import type { Core, UID } from '@strapi/strapi';
import { populateOf, type Shape, type StoredDocument } from '../../../core';
import type { Difference, Reconciler } from '../../../shared';
import { getService } from '../plugin-id';

/** Documents that are rendered before others get a turn. */
const PAGE_SIZE = 20;

type Row = StoredDocument & { id: number; documentId: string };

/**
 * Compares what is published with what readers get, by rendering everything anew. Finds what was
 * written past the CMS: components by `strapi.db.query`, whole tables by SQL, a restore, a transfer.
 */
export function createReconciler({ strapi }: { strapi: Core.Strapi }): Reconciler {
  const rows = (shape: Shape) => strapi.db.query(shape.contentType as UID.ContentType);

  async function* publishedRows(shape: Shape): AsyncGenerator<Row[]> {
    let after = 0;
    for (;;) {
      const page = (await rows(shape).findMany({
        where: { publishedAt: { $notNull: true }, id: { $gt: after } },
        orderBy: { id: 'asc' },
        limit: PAGE_SIZE,
        populate: populateOf(shape),
      })) as Row[];
      if (page.length === 0) return;
      yield page;
      after = page.at(-1)?.id ?? after;
    }
  }

  async function differencesOf(shape: Shape, page: Row[]): Promise<Difference[]> {
    const rendered = await getService(strapi, 'renderer').render(shape, page);
    const live = await getService(strapi, 'publications').findLiveOf(
      page.map(({ documentId }) => documentId)
    );
    return page.flatMap(({ documentId }, index): Difference[] => {
      const now = rendered[index];
      const given = live.find((row) => row.documentId === documentId);
      if (!now || (given?.slug === now.slug && given.etag === now.hash)) return [];
      const kind = given ? 'differs' : 'missing';
      return [{ collection: shape.collection, documentId, slug: now.slug, kind }];
    });
  }

  /** What readers get although its document is not published. */
  async function* orphans(shape: Shape): AsyncGenerator<Difference[]> {
    const pages = getService(strapi, 'publications').liveOf(shape.collection, {
      select: ['documentId', 'slug'],
    });
    for await (const page of pages) {
      const published = await rows(shape).findMany({
        select: ['documentId'],
        where: {
          documentId: { $in: page.map(({ documentId }) => documentId) },
          publishedAt: { $notNull: true },
        },
      });
      const ids = new Set(published.map(({ documentId }) => documentId));
      yield page
        .filter(({ documentId }) => !ids.has(documentId))
        .map(({ documentId, slug }) => ({
          collection: shape.collection,
          documentId,
          slug,
          kind: 'orphaned' as const,
        }));
    }
  }

  async function* pagesOf(shape: Shape): AsyncGenerator<Difference[]> {
    for await (const page of publishedRows(shape)) yield differencesOf(shape, page);
    yield* orphans(shape);
  }

  /** Under the lock everything is looked at once more, so a write meanwhile does no harm. */
  async function settle(shape: Shape, differences: readonly Difference[]): Promise<void> {
    const ids = differences.map(({ documentId }) => documentId);
    const cause = { kind: 'other', reason: 'reconciled' } as const;
    await getService(strapi, 'write-lock').run(() =>
      getService(strapi, 'publisher').settle(shape, ids, cause)
    );
  }

  return {
    async reconcile({ check = false, signal, onStep } = {}): Promise<Difference[]> {
      const found: Difference[] = [];
      for (const shape of getService(strapi, 'shapes').all()) {
        for await (const differences of pagesOf(shape)) {
          if (signal?.aborted) return found;
          found.push(...differences);
          if (!check && differences.length > 0) await settle(shape, differences);
          onStep?.();
          await setImmediate();
        }
        if (!check) {
          await getService(strapi, 'write-lock').run(() =>
            getService(strapi, 'pending-links').link(shape.contentType)
          );
        }
      }
      return found;
    },
  };
}
