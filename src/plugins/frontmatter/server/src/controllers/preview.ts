import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { errors } from '../../../kit/strapi-utils';
import { bodyOfText, type FrontmatterData, type Shape } from '../../../core';
import type { FindPreview } from '../../../shared';
import { noQuery, parseQuery } from '../requests/query';
import { getPreviewLinks } from '../services/editing/preview-links';
import { getShapes } from '../services/foundation/shapes';
import { getDrafts } from '../services/rendering/drafts';
import { getPublications, type ServedDocument } from '../services/store/publications';

/** Serves the documents of preview links, for pages of a site that are rendered on demand. */
export function createPreviewController({ strapi }: { strapi: Core.Strapi }) {
  async function findPublished(
    shape: Shape,
    documentId: string
  ): Promise<ServedDocument | undefined> {
    const newest = await getPublications(strapi).findLatestOf(documentId);
    if (newest?.state !== 'live') return undefined;
    return getPublications(strapi).findServed(shape.collection, newest.slug);
  }

  async function find(link: string): Promise<FindPreview.Response['data'] | undefined> {
    const target = getPreviewLinks(strapi).open(link);
    const shape = target && getShapes(strapi).findByContentType(target.contentType);
    if (!shape) return undefined;
    const found =
      target.status === 'draft'
        ? await getDrafts(strapi).findOf(shape, target.documentId)
        : await findPublished(shape, target.documentId);
    if (!found) return undefined;
    return {
      collection: shape.collection,
      slug: found.slug,
      frontmatter: JSON.parse(found.json) as FrontmatterData,
      body: bodyOfText(found.text),
    };
  }

  return {
    async findOne(ctx: Context): Promise<void> {
      parseQuery(noQuery, ctx.query);
      const { link } = ctx['params'] as { link: string };
      const data = await find(link);
      if (!data) {
        throw new errors.NotFoundError(
          'This preview link is not valid, or is older than 15 minutes: open the preview again'
        );
      }
      ctx.set('Cache-Control', 'private, no-store');
      ctx.body = { data } satisfies FindPreview.Response;
    },
  };
}
