import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import type { Context, Next } from 'koa';
import { PLUGIN_ID } from '../plugin-id';

export const DRAFT_PERMISSION = `plugin::${PLUGIN_ID}.document.draft`;

/**
 * Route middleware: lets only a role or token with the draft permission ask for anything else than
 * published content. Strapi by itself lets anyone who may read ask for drafts, and takes an empty
 * or unknown `status` for one; so everything but `published` needs the permission.
 */
export const createDraftGuard =
  (_config: unknown, { strapi }: { strapi: Core.Strapi }) =>
  async (ctx: Context, next: Next): Promise<unknown> => {
    const { status, publicationFilter, hasPublishedVersion } = ctx.query;
    const isPublished = status === undefined || status === 'published';
    // These two tell which published documents have a draft that differs.
    const asksForDrafts = !isPublished || publicationFilter || hasPublishedVersion;
    if (!asksForDrafts || (await mayReadDrafts(strapi, ctx))) return next();
    // Not thrown: Strapi replaces a ForbiddenError from below a route by one without a message.
    return ctx['forbidden'](
      `Drafts need a role or API token with the permission ${DRAFT_PERMISSION}: ask for status=published, or send such a token`
    );
  };

export async function mayReadDrafts(strapi: Core.Strapi, ctx: Context): Promise<boolean> {
  try {
    await strapi.get('auth').verify(ctx['state'].auth, { scope: [DRAFT_PERMISSION] });
    return true;
  } catch (error) {
    const isRefusal =
      error instanceof errors.ForbiddenError || error instanceof errors.UnauthorizedError;
    if (isRefusal) return false;
    throw error;
  }
}
