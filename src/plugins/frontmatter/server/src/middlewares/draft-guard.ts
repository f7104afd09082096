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
  async (ctx: Context, next: Next): Promise<void> => {
    const { status } = ctx.query;
    if (status !== undefined && status !== 'published') await assertMayReadDrafts(strapi, ctx);
    await next();
  };

async function assertMayReadDrafts(strapi: Core.Strapi, ctx: Context): Promise<void> {
  try {
    await strapi.get('auth').verify(ctx['state'].auth, { scope: [DRAFT_PERMISSION] });
  } catch (error) {
    const isRefusal =
      error instanceof errors.ForbiddenError || error instanceof errors.UnauthorizedError;
    if (!isRefusal) throw error;
    throw new errors.ForbiddenError(
      `Drafts need a role or API token with the permission ${DRAFT_PERMISSION}: ask for status=published, or send such a token`
    );
  }
}
