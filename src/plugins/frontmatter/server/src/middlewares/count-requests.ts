import type { Core } from '@strapi/strapi';
import { once } from 'es-toolkit';
import type { Context, Next } from 'koa';
import { PLUGIN_ID } from '../plugin-id';
import { stateOf } from '../services/foundation/request-state';
import { getMetrics } from '../services/store/metrics';

/** Name for requests that match no route. */
const NO_ROUTE = 'none';
const MS_PER_SECOND = 1000;

/**
 * Counts the requests to the paths of this plugin. Runs outermost, so that it sees the final
 * answer, even from a middleware that answers before the router and says so in the request's state.
 */
export function createRequestCounter({ strapi }: { strapi: Core.Strapi }) {
  const prefix = `${strapi.config.get('api.rest.prefix', '/api')}/${PLUGIN_ID}`;
  // Strapi's router ignores the case of paths.
  const isOwn = (path: string): boolean =>
    `${path}/`.toLowerCase().startsWith(`${prefix}/`.toLowerCase());

  /** Known when the first request arrives. */
  const ownRoutes = once(() =>
    strapi.server
      .api('content-api')
      .listRoutes()
      .filter((route) => isOwn(route.path))
  );

  /** Returns the pattern of the first matching route, which is the one that answers. */
  function patternOf({ path, method }: Context): string {
    const route = ownRoutes().find((one) => one.methods.includes(method) && one.match(path));
    return route ? route.path.slice(prefix.length) || '/' : NO_ROUTE;
  }

  return async (ctx: Context, next: Next): Promise<void> => {
    if (!isOwn(ctx.path)) return next();
    const begin = performance.now();
    let status = 500; // for an error that nothing handles
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
