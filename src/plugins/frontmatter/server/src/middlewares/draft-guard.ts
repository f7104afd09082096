import type { Core } from '@strapi/strapi';
import type { Context, Next } from 'koa';
import { DRAFT_PERMISSION, mayReadDrafts } from '../requests/draft-permission';

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
