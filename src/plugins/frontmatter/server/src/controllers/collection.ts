import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { formatCursor } from '../../../core';
import type { FindCollections } from '../../../shared';
import { getPublications } from '../services/store/publications';
import { getShapes } from '../services/foundation/shapes';
import { noQuery, parseQuery } from '../requests/query';

/** Lists the collections. */
export function createCollectionController({ strapi }: { strapi: Core.Strapi }) {
  return {
    async find(ctx: Context): Promise<void> {
      parseQuery(noQuery, ctx.query);
      const publications = getPublications(strapi);
      const data = await Promise.all(
        getShapes(strapi)
          .all()
          .map(async ({ collection, files, topKeys }) => ({
            collection,
            count: await publications.countLive(collection),
            cursor: formatCursor(await publications.cursor(collection)),
            files: [...files],
            keys: [...topKeys],
          }))
      );
      ctx.body = { data, meta: {} } satisfies FindCollections.Response;
    },
  };
}
