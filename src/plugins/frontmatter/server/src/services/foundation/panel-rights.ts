import type { Core } from '@strapi/strapi';
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
