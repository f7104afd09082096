import type { Core } from '@strapi/strapi';
import { errors } from 'strapi-plugin-frontmatter/kit/strapi-utils';
import type { Context } from 'koa';
import type { FindDocumentProgress } from '../../../shared';
import { getProgress } from '../services/operating/progress';

/** Says how far a document has come to each site. */
export function createDocumentController({ strapi }: { strapi: Core.Strapi }) {
  return {
    async findOne(ctx: Context): Promise<void> {
      const { collection, slug } = ctx.params as { collection: string; slug: string };
      const data = await getProgress(strapi).of(collection, slug);
      if (!data) {
        throw new errors.NotFoundError(`'${slug}' was never published in '${collection}'`);
      }
      ctx.body = { data } satisfies FindDocumentProgress.Response;
    },
  };
}
