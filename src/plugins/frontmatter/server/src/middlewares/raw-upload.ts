import type { Core } from '@strapi/strapi';
import type { Context, Next } from 'koa';
import { apiPath } from '../plugin-id';
import { stateOf } from '../services/foundation/request-state';

/** No parser of `strapi::body` handles this type, so it leaves the request unread. */
const OPAQUE = 'application/octet-stream';

/**
 * Runs before `strapi::body` and keeps it from reading what is sent to this plugin. `strapi::body`
 * reads before the sender is authenticated, writes files of any size to disk and leaves them there
 * after an error. In text, it drops a byte order mark, silently replaces what is not UTF-8, and
 * rejects more than 56 kB. The controllers read the bytes themselves, and find the content type in
 * the state of the request.
 */
export function createRawUpload(_config: unknown, { strapi }: { strapi: Core.Strapi }) {
  // Strapi's router ignores the case of paths.
  const prefix = `${apiPath(strapi)}/`.toLowerCase();
  return (ctx: Context, next: Next): Promise<unknown> => {
    const isUpload = ctx.method === 'PUT' || ctx.method === 'POST';
    if (isUpload && ctx.path.toLowerCase().startsWith(prefix)) {
      stateOf(ctx).frontmatterUploadType = ctx.get('Content-Type');
      ctx.request.headers['content-type'] = OPAQUE;
    }
    return next();
  };
}
