import { createHash } from 'node:crypto';
import type { Core, UID } from '@strapi/strapi';
import {
  bodyOf,
  populateOf,
  render,
  toFrontmatter,
  type FrontmatterData,
  type Shape,
  type StoredDocument,
} from '../../../core';
import type { DocumentStatus } from '../../../shared';
import { getService } from '../plugin-id';

export interface RenderedDocument {
  slug: string;
  frontmatter: FrontmatterData;
  body: string;
  /** The markdown file. */
  text: string;
  /** Hash of `text`, 32 hexadecimal digits. */
  hash: string;
}

const HASH_LENGTH = 32;

export function createDocuments({ strapi }: { strapi: Core.Strapi }) {
  const repository = (shape: Shape) => strapi.documents(shape.contentType as UID.ContentType);

  function toRendered(shape: Shape, document: StoredDocument): RenderedDocument {
    const frontmatter = toFrontmatter(shape, document, getService(strapi, 'clock').now());
    const body = bodyOf(shape, document);
    const text = render(frontmatter, body);
    const hash = createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH);
    return { slug: String(document[shape.slug]), frontmatter, body, text, hash };
  }

  return {
    count: (shape: Shape): Promise<number> => repository(shape).count({ status: 'published' }),

    async findOne(
      shape: Shape,
      slug: string,
      status: DocumentStatus
    ): Promise<RenderedDocument | undefined> {
      const document = await repository(shape).findFirst({
        filters: { [shape.slug]: { $eq: slug } },
        populate: populateOf(shape),
        status,
      });
      return document ? toRendered(shape, document) : undefined;
    },
  };
}
