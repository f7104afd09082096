import type { Core } from '@strapi/strapi';
import type { Context, Next } from 'koa';
import { apiPath } from '../plugin-id';
import { stateOf } from '../services/foundation/request-state';

/** Of no parser of `strapi::body`, so that it leaves the request unread. */
const OPAQUE = 'application/octet-stream';

/**
 * Stands before `strapi::body` and keeps it from reading what is sent to this plugin. It reads
 * before anybody asks who sends it, puts files of any size on the disk and leaves them there after
 * an error; as text it drops a byte order mark, replaces what is no UTF-8 without a word and
 * refuses more than 56 kB. The controllers read the bytes themselves, and find the content type in the state of the request.
 */
export function createRawUpload(_config: unknown, { strapi }: { strapi: Core.Strapi }) {
  // Strapi's router takes paths in any case.
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
