import type { Core, UID } from '@strapi/strapi';
import type { Shape, StoredDocument } from '../../../../core';
import { getPendingLinks } from '../linking/pending-links';
import { getPublisher } from '../publishing/publisher';
import { assertSlug } from '../foundation/slug-rules';
import { OF_A_REFERENCE } from '../publishing/publication-rows';
import { getWriteLock } from '../store/write-lock';
import { serviceOf } from '../foundation/service-of';

/**
 * Follows writes below the Document Service, by `strapi.db.query()`: their rows are committed
 * before lifecycle hooks run, so dates and publications follow at once, separately.
 */
export function createLowLevelWrites({ strapi }: { strapi: Core.Strapi }) {
  const rows = (shape: Shape) => strapi.db.query(shape.contentType as UID.ContentType);

  async function followDocument(shape: Shape, documentId: string): Promise<void> {
    const versions = (await rows(shape).findMany({
      select: ['publishedAt', shape.slug],
      where: { documentId },
    })) as StoredDocument[];
    const kind = versions.length > 0 ? 'write' : 'delete';
    await getPublisher(strapi).publishChanges(shape, [documentId], { kind });
    const slugs = versions.flatMap((row) => (row['publishedAt'] ? String(row[shape.slug]) : []));
    await getPendingLinks(strapi).link(shape.contentType, slugs);
  }

  /** Finds matching documents. None within the Document Service, which publishes its own writes. */
  async function findIds(uid: string, where: object): Promise<string[]> {
    if (getWriteLock(strapi).isHeld()) return [];
    const found = await strapi.db
      .query(uid as UID.ContentType)
      .findMany({ select: ['documentId'], where });
    return [...new Set(found.map(({ documentId }) => String(documentId)))];
  }

  return {
    findIds,

    /** Finds documents whose published row such a write may change. */
    findTouched: (shape: Shape, where: object | undefined): Promise<string[]> =>
      findIds(shape.contentType, { $and: [where ?? {}, { publishedAt: { $notNull: true } }] }),

    async followWrite(shape: Shape, documentIds: readonly string[]): Promise<void> {
      for (const documentId of documentIds) {
        await getWriteLock(strapi).run(() => followDocument(shape, documentId));
      }
    },

    /** Does the same after a write to something that documents show, such as a keyword. */
    async followShown(uid: string, documentIds: readonly string[]): Promise<void> {
      if (documentIds.length === 0) return;
      await getWriteLock(strapi).run(() =>
        getPublisher(strapi).publishOwners(uid, documentIds, OF_A_REFERENCE)
      );
    },

    /** Checks slugs before such a write. Nothing else does. @throws ValidationError at the slug. */
    assertSlugs(shape: Shape, data: object | object[] = []): void {
      if (getWriteLock(strapi).isHeld()) return;
      for (const row of [data].flat()) assertSlug(shape, (row as StoredDocument)[shape.slug]);
    },
  };
}

export const getLowLevelWrites = serviceOf('low-level-writes', createLowLevelWrites);
