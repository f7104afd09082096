import type { Core, UID } from '@strapi/strapi';
import { populateOf, type Shape, type StoredDocument } from '../../../../core';

/** A row of a content type that has a shape. */
export type DocumentRow = StoredDocument & { id: number; documentId: string };

/** Yields drafts or published rows of a collection, populated, in pages to keep memory use flat. */
export async function* documentPages(
  strapi: Core.Strapi,
  shape: Shape,
  { isDraft, pageSize }: { isDraft: boolean; pageSize: number }
): AsyncGenerator<DocumentRow[]> {
  let after = 0;
  for (;;) {
    const page = (await strapi.db.query(shape.contentType as UID.ContentType).findMany({
      where: { publishedAt: { [isDraft ? '$null' : '$notNull']: true }, id: { $gt: after } },
      orderBy: { id: 'asc' },
      limit: pageSize,
      populate: populateOf(shape),
    })) as DocumentRow[];
    if (page.length === 0) return;
    yield page;
    after = page.at(-1)?.id ?? after;
  }
}
