import type { Core } from '@strapi/strapi';
import type { Shape } from '../../../../core';
import type { RenderedDraft } from '../rendering/drafts';
import { getPublications, type ServedRow } from '../store/publications';
import { serviceOf } from '../foundation/service-of';

/** A document as readers get it: made when it was published, or a draft rendered on request. */
export interface ServedDocument extends RenderedDraft {
  /** When it became what it is; absent for a draft. */
  publishedAt?: Date;
}

export function createDocuments({ strapi }: { strapi: Core.Strapi }) {
  return {
    async findPublished(shape: Shape, slug: string): Promise<ServedDocument | undefined> {
      const row = await getPublications(strapi).findServed(shape.collection, slug);
      return row && toServed({ slug, ...row });
    },
  };
}

export const toServed = ({
  slug,
  text,
  data,
  etag,
  at,
}: ServedRow & { slug: string }): ServedDocument => ({
  slug,
  text,
  json: data,
  hash: etag,
  publishedAt: new Date(at),
});

export const getDocuments = serviceOf('documents', createDocuments);
