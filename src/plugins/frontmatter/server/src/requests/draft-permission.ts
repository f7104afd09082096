import type { Core } from '@strapi/strapi';
import { errors } from '../../../kit/strapi-utils';
import type { Context } from 'koa';
import { PLUGIN_ID } from '../plugin-id';
import { stateOf } from '../services/foundation/request-state';

export const DRAFT_PERMISSION = `plugin::${PLUGIN_ID}.document.draft`;

export async function mayReadDrafts(strapi: Core.Strapi, ctx: Context): Promise<boolean> {
  try {
    await strapi.get('auth').verify(stateOf(ctx).auth, { scope: [DRAFT_PERMISSION] });
    return true;
  } catch (error) {
    const isRefusal =
      error instanceof errors.ForbiddenError || error instanceof errors.UnauthorizedError;
    if (isRefusal) return false;
    throw error;
  }
}
