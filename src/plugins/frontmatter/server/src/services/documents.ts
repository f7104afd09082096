import type { Core, UID } from '@strapi/strapi';
import { bodyOfText, frontmatterOfText, populateOf, type Shape } from '../../../core';
import { getService } from '../plugin-id';

/** A document as readers get it, made before they ask. */
export interface ServedDocument {
  slug: string;
  /** Hash of `text`, 32 hexadecimal digits. */
  hash: string;
  /** The markdown file. */
  text: string;
  /** The lines between the fences. */
  yaml: string;
  /** The frontmatter as JSON text. */
  json: string;
  body: string;
  /** When it became what it is; absent for a draft. */
  publishedAt?: Date;
}

export function createDocuments({ strapi }: { strapi: Core.Strapi }) {
  return {
    count: (shape: Shape): Promise<number> =>
      getService(strapi, 'publications').countLive(shape.collection),

    /** What was published; nothing is rendered. */
    async findPublished(shape: Shape, slug: string): Promise<ServedDocument | undefined> {
      const row = await getService(strapi, 'publications').findServed(shape.collection, slug);
      if (!row) return undefined;
      const { text, data, etag, at } = row;
      return { slug, ...partsOf(text), json: data, hash: etag, publishedAt: new Date(at) };
    },

    /** The draft as it would be given out, rendered on request. */
    async findDraft(shape: Shape, slug: string): Promise<ServedDocument | undefined> {
      const draft = await strapi.documents(shape.contentType as UID.ContentType).findFirst({
        filters: { [shape.slug]: { $eq: slug } },
        populate: populateOf(shape),
        status: 'draft',
      });
      if (!draft) return undefined;
      const [rendered] = await getService(strapi, 'renderer').render(shape, [draft]);
      if (!rendered) return undefined;
      const { text, frontmatter, hash } = rendered;
      return { slug, ...partsOf(text), json: JSON.stringify(frontmatter), hash };
    },
  };
}

const partsOf = (text: string) => ({
  text,
  yaml: frontmatterOfText(text),
  body: bodyOfText(text),
});
