import { performance } from 'node:perf_hooks';
import type { Core } from '@strapi/strapi';
import fresh from 'fresh';
import type { Context, Next } from 'koa';
import { createAnswerCache, type ReaderState } from '../services/reading/answer-cache/answer-cache';
import type { KeptAnswer } from '../services/reading/answer-cache/kept-answers';
import { mayRead, readerOf, type Reader } from '../services/reading/answer-cache/readers';
import { createStateSource } from '../services/reading/answer-cache/state-source';
import { log } from '../services/foundation/log';
import { stateOf } from '../services/foundation/request-state';
import { getConfig } from '../config';
import { PLUGIN_ID } from '../plugin-id';
import { getReadConnection } from '../services/store/read-connection';

/** Pause after an error, so that not every request opens a connection in vain. */
const PAUSE_MS = 5_000;

/** Headers that a 304 omits, as in Koa, and headers of one connection or moment. */
const OF_A_BODY = new Set(['content-type', 'content-length']);
const OF_A_MOMENT = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding']);

/**
 * Runs before all other middlewares. Repeats from memory what the ordinary route answered, with its
 * headers, while the database says that nothing has changed and that the reader may have it. All
 * other requests take the ordinary route.
 */
export function createAnswerCacheMiddleware(_config: unknown, { strapi }: { strapi: Core.Strapi }) {
  const { cacheBytes } = getConfig(strapi);
  const prefix = `${strapi.config.get('api.rest.prefix', '/api')}/${PLUGIN_ID}/`;
  let cache: ReturnType<typeof createAnswerCache> | undefined;
  /** When the database is queried again after it failed. */
  let pausedUntil = 0;

  /** @returns `undefined` if the database cannot be queried: then the ordinary route answers. */
  async function refresh(): Promise<ReaderState | undefined> {
    if (!getReadConnection(strapi).isOwn()) return undefined;
    if (performance.now() < pausedUntil) return undefined;
    try {
      cache ??= createAnswerCache(createStateSource({ strapi }), cacheBytes);
      return await cache.refresh();
    } catch (error) {
      const seconds = PAUSE_MS / 1000;
      const isFirst = performance.now() >= pausedUntil; // of the requests that shared the query
      pausedUntil = performance.now() + PAUSE_MS;
      if (isFirst) {
        log(
          strapi,
          'error',
          `nothing is answered from memory for ${seconds} seconds, and all requests take the ordinary route`,
          { error }
        );
      }
      return undefined;
    }
  }

  return async (ctx: Context, next: Next): Promise<unknown> => {
    if (cacheBytes === 0 || !mayBeKept(ctx, prefix)) return next();
    const reader = readerOf(strapi, ctx);
    if (!reader) return next();
    const started = performance.now();
    const state = await refresh();
    if (!state || !cache) return next();
    const key = keyOf(ctx, reader);
    const kept = cache.get(key, (action) => mayRead(state, reader, action));
    stateOf(ctx).frontmatterCache = kept ? 'hit' : 'miss';
    if (!kept) {
      await next();
      const answer = ctx.method === 'GET' ? answerOf(ctx) : undefined;
      if (answer) cache.keep(key, answer, state);
      return undefined;
    }
    const status = send(ctx, kept);
    const ms = Math.ceil(performance.now() - started);
    strapi.log.http(`${ctx.method} ${ctx.url} (${ms} ms) ${status}`); // as strapi::logger writes it
    return undefined;
  };
}

const mayBeKept = ({ method, path }: Context, prefix: string): boolean =>
  (method === 'GET' || method === 'HEAD') && path.startsWith(prefix);

/** Everything that an answer depends on, such as the origin, for which browsers get headers. */
const keyOf = ({ url, request: { headers } }: Context, reader: Reader): string =>
  JSON.stringify([url, headers.accept, headers.origin, reader === 'anyone']);

/** Returns the answer of the ordinary route, if it says that only publications can change it. */
function answerOf(ctx: Context): KeptAnswer | undefined {
  const { frontmatterDependsOn: dependsOn, route } = stateOf(ctx);
  const [permission] = route?.config?.auth?.scope ?? [];
  const isWhole = ctx.status === 200 && typeof ctx.body === 'string';
  if (!dependsOn || !permission || !isWhole) return undefined;
  const headers = Object.entries(ctx.response.headers).filter(([name]) => !OF_A_MOMENT.has(name));
  if (headers.some(([name]) => name === 'set-cookie')) return undefined;
  return {
    headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])),
    body: Buffer.from(ctx.body as string),
    dependsOn,
    permission,
  };
}

/** Sends the answer past Koa, which would set each header individually. */
function send(ctx: Context, { headers, body }: KeptAnswer): number {
  const { 'cache-control': _, ...conditions } = ctx.request.headers;
  const isFresh = fresh(conditions, headers);
  const status = isFresh ? 304 : 200;
  const sent = Object.entries(headers).filter(([name]) => !isFresh || !OF_A_BODY.has(name));
  ctx.respond = false;
  ctx.res.writeHead(status, sent.flat());
  ctx.res.end(isFresh || ctx.method === 'HEAD' ? undefined : body);
  return status;
}
