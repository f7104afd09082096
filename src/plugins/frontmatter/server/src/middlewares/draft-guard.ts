import type { Core } from '@strapi/strapi';
import type { Context, Next } from 'koa';
import { DRAFT_PERMISSION, mayReadDrafts } from '../requests/draft-permission';

/**
 * Route middleware that lets only roles and tokens with the draft permission request anything other
 * than published content. Strapi itself lets anyone who may read request drafts, and treats an
 * empty or unknown `status` as such a request. So everything but `published` needs the permission.
 */
export const createDraftGuard =
  (_config: unknown, { strapi }: { strapi: Core.Strapi }) =>
  async (ctx: Context, next: Next): Promise<unknown> => {
    const { status, publicationFilter, hasPublishedVersion } = ctx.query;
    const isPublished = status === undefined || status === 'published';
    // These two reveal which published documents have a draft that differs.
    const asksForDrafts = !isPublished || publicationFilter || hasPublishedVersion;
    if (!asksForDrafts || (await mayReadDrafts(strapi, ctx))) return next();
    // Not thrown: Strapi replaces a ForbiddenError from within a route with one without a message.
    return ctx['forbidden'](
      `Drafts need a role or API token with the permission ${DRAFT_PERMISSION}: ask for status=published, or send such a token`
    );
  };
