import type { Core } from '@strapi/strapi';
import type { Context, Next } from 'koa';
import { reportPath } from '../plugin-id';

/** Keeps `strapi::body` from reading reports of builds: they are signed byte for byte. */
export function keepReportsRaw({ strapi }: { strapi: Core.Strapi }) {
  const prefix = reportPath(strapi).toLowerCase();
  return (ctx: Context, next: Next): Promise<unknown> => {
    if (ctx.method === 'POST' && ctx.path.toLowerCase().startsWith(prefix)) {
      ctx.request.headers['content-type'] = 'application/octet-stream';
    }
    return next();
  };
}
