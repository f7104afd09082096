import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { Shape } from '../../../core';
import { errors } from '../../../kit/strapi-utils';
import { stateOf } from '../services/foundation/request-state';
import { getShapes } from '../services/foundation/shapes';
import { getDrafts, type DraftRow } from '../services/rendering/drafts';

/** What an editor of the panel may do with a content type, or with one of its documents. */
interface Rights {
  cannot: Record<'read' | 'create' | 'update', (document?: unknown) => boolean>;
}

export const rightsOf = (strapi: Core.Strapi, ctx: Context, model: string): Rights =>
  strapi
    .plugin('content-manager')
    .service('permission-checker')
    .create({ userAbility: stateOf(ctx).userAbility, model }) as Rights;

/** @throws NotFoundError if the content type of the route has no shape. */
export function shapeOf(strapi: Core.Strapi, ctx: Context): Shape {
  const { model } = ctx['params'] as { model: string };
  const shape = getShapes(strapi).findByContentType(model);
  if (!shape) throw new errors.NotFoundError(`${model} has no frontmatter`);
  return shape;
}

/**
 * The draft of the route's document, for an editor who may do that with it.
 *
 * @throws NotFoundError, or ForbiddenError.
 */
export async function draftFor(
  strapi: Core.Strapi,
  ctx: Context,
  action: 'read' | 'update'
): Promise<{ shape: Shape; draft: DraftRow }> {
  const shape = shapeOf(strapi, ctx);
  const { documentId } = ctx['params'] as { documentId: string };
  const draft = await getDrafts(strapi).findRowOf(shape, documentId);
  if (!draft) throw new errors.NotFoundError('The document is no longer there');
  if (rightsOf(strapi, ctx, shape.contentType).cannot[action](draft)) {
    throw new errors.ForbiddenError();
  }
  return { shape, draft };
}
