import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { formatCursor } from '../../../core';
import type { FindRedirects } from '../../../shared';
import { noQuery, parseQuery } from '../requests/query';
import { getShapes } from '../services/foundation/shapes';
import { getRedirects } from '../services/reading/redirects';
import { getPublications } from '../services/store/publications';
import { answer, entityTagOf } from './answer';

/** Serves old addresses of renamed documents, for sites that are built from what is published. */
export function createRedirectController({ strapi }: { strapi: Core.Strapi }) {
  return {
    async find(ctx: Context): Promise<void> {
      parseQuery(noQuery, ctx.query);
      // Read first, so that the cursor is never newer than the redirects.
      const cursor = await getPublications(strapi).cursor();
      const data = await getRedirects(strapi).findAll();
      const meta = { cursor: formatCursor(cursor) };
      const body = JSON.stringify({ data, meta } satisfies FindRedirects.Response);
      answer(strapi, ctx, {
        contentType: 'application/json; charset=utf-8',
        body,
        etag: entityTagOf(body, 'redirects'),
        tags: getShapes(strapi)
          .all()
          .map(({ collection }) => collection),
        dependsOn: 'all',
      });
    },
  };
}

/**
 * Redirects a reader to the current slug of a document, with the extension and query of the
 * request. Only for reads: `fetch` would repeat a write with its body.
 */
export function redirectTo(ctx: Context, slug: string, extension: string): void {
  // The redirect may end at any time: another document can get the old slug.
  ctx.set('Cache-Control', 'no-cache');
  ctx.set('Location', `./${encodeURIComponent(slug)}${extension}${ctx.search}`);
  ctx.status = 308;
  ctx.body = '';
}
