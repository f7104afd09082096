import type { Core, UID } from '@strapi/strapi';
import { stateOf } from './request-state';

type Check = (document?: unknown, attribute?: string) => boolean;

/** What an editor of the panel may do with a content type, or with one of its documents. */
export interface PanelRights {
  cannot: Record<'read' | 'create' | 'update', Check>;
  /** Leaves out what the editor may not see. */
  sanitizeOutput(document: unknown): Promise<unknown>;
}

export const rightsOf = (
  strapi: Core.Strapi,
  ctx: { state?: unknown },
  model: string
): PanelRights =>
  strapi
    .plugin('content-manager')
    .service('permission-checker')
    .create({ userAbility: stateOf(ctx).userAbility, model }) as PanelRights;

/**
 * Whether an editor may read a draft. Conditions of a permission, such as that the editor created the
 * document, are asked of its row with whoever created it.
 */
export async function mayReadDraft(
  strapi: Core.Strapi,
  ctx: { state?: unknown },
  model: string,
  documentId: string
): Promise<boolean> {
  const draft = await strapi.db.query(model as UID.ContentType).findOne({
    where: { documentId, publishedAt: { $null: true } },
    populate: { createdBy: { populate: ['roles'] } },
  });
  return draft !== null && !rightsOf(strapi, ctx, model).cannot.read(draft);
}
