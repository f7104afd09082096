import type { Core } from '@strapi/strapi';
import { errors } from 'strapi-plugin-frontmatter/kit/strapi-utils';
import type { Context } from 'koa';
import { getShapes, PLUGIN_ID } from '../plugin-id';
import { getProgress } from '../services/operating/progress';
import { answers } from './request';

interface Ability {
  can(action: string, subject?: string): boolean;
}

/** Says how far a document has progressed on each site. */
export function createDocumentController({ strapi }: { strapi: Core.Strapi }) {
  /** Allows operators, and anyone who may publish documents of the collection. */
  function mayRead(ctx: Context, collection: string): boolean {
    const { userAbility } = ctx.state as { userAbility: Ability };
    const contentType = getShapes(strapi)
      .all()
      .find((shape) => shape.collection === collection)?.contentType;
    return (
      userAbility.can(`plugin::${PLUGIN_ID}.read`) ||
      (contentType !== undefined &&
        userAbility.can('plugin::content-manager.explorer.publish', contentType))
    );
  }

  return {
    findOne: answers(async (ctx) => {
      const { collection, slug } = ctx.params as { collection: string; slug: string };
      if (!mayRead(ctx, collection)) throw new errors.ForbiddenError();
      const progress = await getProgress(strapi).of(collection, slug);
      if (progress) return progress;
      throw new errors.NotFoundError(`'${slug}' was never published in '${collection}'`);
    }),
  };
}
