import type { Core } from '@strapi/strapi';
import { once } from 'es-toolkit';
import type { Context, Next } from 'koa';
import { PLUGIN_ID } from '../plugin-id';
import { stateOf } from '../services/foundation/request-state';
import { getMetrics } from '../services/store/metrics';

/** Route of what no route takes. */
const NO_ROUTE = 'none';
const MS_PER_SECOND = 1000;

/**
 * Counts the requests to the paths of this plugin. Stands outermost, so that it sees what readers
 * get in the end, also from whoever answers before the router and says so in
 * the state of the request.
 */
export function createRequestCounter({ strapi }: { strapi: Core.Strapi }) {
  const prefix = `${strapi.config.get('api.rest.prefix', '/api')}/${PLUGIN_ID}`;
  // Strapi's router takes paths in any case.
  const isOwn = (path: string): boolean =>
    `${path}/`.toLowerCase().startsWith(`${prefix}/`.toLowerCase());

  /** Known once the first request comes. */
  const ownRoutes = once(() =>
    strapi.server
      .api('content-api')
      .listRoutes()
      .filter((route) => isOwn(route.path))
  );

  /** The first route that fits answers. */
  function patternOf({ path, method }: Context): string {
    const route = ownRoutes().find((one) => one.methods.includes(method) && one.match(path));
    return route ? route.path.slice(prefix.length) || '/' : NO_ROUTE;
  }

  return async (ctx: Context, next: Next): Promise<void> => {
    if (!isOwn(ctx.path)) return next();
    const begin = performance.now();
    let status = 500; // of what is thrown past all who could answer
    try {
      await next();
      status = ctx.status;
    } finally {
      const seconds = (performance.now() - begin) / MS_PER_SECOND;
      const cache = stateOf(ctx).frontmatterCache ?? 'bypass';
      const [route, method] = [patternOf(ctx), ctx.method];
      getMetrics(strapi).observe({ route, method, status, cache, seconds });
    }
  };
}
