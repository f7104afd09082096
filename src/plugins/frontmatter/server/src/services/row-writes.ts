import type { Core, UID } from '@strapi/strapi';
import type { Shape } from '../../../core';
import { getService } from '../plugin-id';

/**
 * Follows writes below the Document Service, by `strapi.db.query()`: its rows are committed before
 * their lifecycle hooks run, so dates and publications come in a transaction of their own, at once.
 */
export function createRowWrites({ strapi }: { strapi: Core.Strapi }) {
  return {
    /** Documents whose published row such a write may touch; none within the Document Service. */
    async findTouched(shape: Shape, where: object | undefined): Promise<string[]> {
      if (getService(strapi, 'write-lock').isHeld()) return [];
      const rows = await strapi.db.query(shape.contentType as UID.ContentType).findMany({
        select: ['documentId'],
        where: { $and: [where ?? {}, { publishedAt: { $notNull: true } }] },
      });
      return rows.map(({ documentId }) => String(documentId));
    },

    async settle(shape: Shape, documentIds: readonly string[]): Promise<void> {
      for (const documentId of documentIds) {
        await getService(strapi, 'write-lock').run(async () => {
          const decision = await getService(strapi, 'dates').settle(shape, documentId, 'published');
          const cause = { kind: 'write', decision } as const;
          await getService(strapi, 'publisher').settle(shape, [documentId], cause);
        });
      }
    },
  };
}
