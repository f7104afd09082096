import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { Shape } from '../../../core';
import { errors } from '../../../kit/strapi-utils';
import { rightsOf, type PanelRights } from '../services/foundation/panel-rights';
import { getShapes } from '../services/foundation/shapes';
import { getDrafts, type DraftRow } from '../services/rendering/drafts';

/** @throws NotFoundError if the content type of the route has no shape. */
export function shapeOf(strapi: Core.Strapi, ctx: Context): Shape {
  const { model } = ctx['params'] as { model: string };
  const shape = getShapes(strapi).findByContentType(model);
  if (!shape) throw new errors.NotFoundError(`${model} has no frontmatter`);
  return shape;
}

/**
 * Returns the draft of the route's document if the editor may perform the action on it.
 *
 * @throws NotFoundError or ForbiddenError.
 */
export async function draftFor(
  strapi: Core.Strapi,
  ctx: Context,
  action: 'read' | 'update'
): Promise<{ shape: Shape; draft: DraftRow; rights: PanelRights }> {
  const shape = shapeOf(strapi, ctx);
  const { documentId } = ctx['params'] as { documentId: string };
  const draft = await getDrafts(strapi).findRowOf(shape, documentId);
  if (!draft) throw new errors.NotFoundError('The document is no longer there');
  const rights = rightsOf(strapi, ctx, shape.contentType);
  if (rights.cannot[action](draft)) throw new errors.ForbiddenError();
  return { shape, draft, rights };
}
