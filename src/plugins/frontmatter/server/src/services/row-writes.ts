import type { Core, UID } from '@strapi/strapi';
import type { Shape, StoredDocument } from '../../../core';
import { getService } from '../plugin-id';

/**
 * Follows writes below the Document Service, by `strapi.db.query()`: its rows are committed before
 * their lifecycle hooks run, so dates and publications come in a transaction of their own, at once.
 */
export function createRowWrites({ strapi }: { strapi: Core.Strapi }) {
  const rows = (shape: Shape) => strapi.db.query(shape.contentType as UID.ContentType);

  async function settleOne(shape: Shape, documentId: string): Promise<void> {
    const decision = await getService(strapi, 'dates').settle(shape, documentId, 'published');
    const versions = (await rows(shape).findMany({
      select: ['publishedAt', shape.slug],
      where: { documentId },
    })) as StoredDocument[];
    const cause =
      versions.length > 0 ? ({ kind: 'write', decision } as const) : ({ kind: 'delete' } as const);
    await getService(strapi, 'publisher').settle(shape, [documentId], cause);
    const slugs = versions.flatMap((row) => (row['publishedAt'] ? String(row[shape.slug]) : []));
    await getService(strapi, 'pending-links').link(shape.contentType, slugs);
  }

  return {
    /** Documents whose published row such a write may touch; none within the Document Service. */
    async findTouched(shape: Shape, where: object | undefined): Promise<string[]> {
      if (getService(strapi, 'write-lock').isHeld()) return [];
      const found = await rows(shape).findMany({
        select: ['documentId'],
        where: { $and: [where ?? {}, { publishedAt: { $notNull: true } }] },
      });
      return [...new Set(found.map(({ documentId }) => String(documentId)))];
    },

    async settle(shape: Shape, documentIds: readonly string[]): Promise<void> {
      for (const documentId of documentIds) {
        await getService(strapi, 'write-lock').run(() => settleOne(shape, documentId));
      }
    },
  };
}
