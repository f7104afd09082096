import type { Core } from '@strapi/strapi';
import type { Context, Next } from 'koa';

/** Of no parser of `strapi::body`, so that it leaves the request unread. */
const OPAQUE = 'application/octet-stream';

/**
 * Stands before `strapi::body` and keeps it from reading documents that are sent by PUT: as text it
 * would drop a byte order mark, replace what is no UTF-8 without a word and refuse more than 56 kB.
 * The controller reads the bytes itself; the media type waits in `ctx.state.uploadType`.
 */
export const createRawUpload =
  (_config: unknown, { strapi }: { strapi: Core.Strapi }) =>
  (ctx: Context, next: Next): Promise<unknown> => {
    const prefix = `${strapi.config.get('api.rest.prefix', '/api')}/frontmatter/`;
    if (ctx.method === 'PUT' && ctx.path.startsWith(prefix)) {
      ctx['state'].uploadType = ctx.request.type;
      ctx.request.headers['content-type'] = OPAQUE;
    }
    return next();
  };
