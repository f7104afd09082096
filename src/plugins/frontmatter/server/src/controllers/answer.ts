import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import fresh from 'fresh';
import type { Context } from 'koa';
import { getConfig } from '../config';
import { stateOf, type DependsOn } from '../services/foundation/request-state';

/** The answer to a read without its body. */
interface AnswerHead {
  contentType: string;
  /** In double quotes: changes whenever the body does. */
  etag?: string;
  lastModified?: Date | undefined;
  /** Names by which caches can be purged: `posts`, `posts/first-swarm`. */
  tags: readonly string[];
  /** Whether only some readers may see it. */
  isPrivate?: boolean;
  /** The only publications that can change it; absent if anything else can. */
  dependsOn?: DependsOn;
}

/** Answers a read, with 304 if the reader already has the answer. */
export function answer(
  strapi: Core.Strapi,
  ctx: Context,
  { body, ...head }: AnswerHead & { etag: string; body: string }
): void {
  if (!answerHead(strapi, ctx, head)) return;
  ctx.body = body;
  if (head.dependsOn && !head.isPrivate) stateOf(ctx).frontmatterDependsOn = head.dependsOn;
}

/** Does the same for a stream, which is opened only if the reader does not have the answer. */
export function answerStream(
  strapi: Core.Strapi,
  ctx: Context,
  { open, ...head }: AnswerHead & { open: () => Readable }
): void {
  if (!answerHead(strapi, ctx, head)) return;
  const body = open();
  // Koa leaves a response open if its stream fails: readers must not mistake a part for the whole.
  body.on('error', () => ctx.res.destroy());
  ctx.body = body;
}

/** Returns an entity tag for a body, from the body itself or from the data that determines it. */
export function entityTagOf(content: unknown, representation: string): string {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return `"${createHash('sha1').update(text).digest('hex')}-${representation}"`;
}

/**
 * Whether the reader has the answer. Ignores `Cache-Control: no-cache`: it only keeps caches in
 * between from answering by themselves, and Node's `fetch` adds it to every conditional request.
 */
function isFresh({ request, response }: Context): boolean {
  const { 'cache-control': _, ...conditions } = request.headers;
  return fresh(conditions, response.headers);
}

/** @returns Whether to send a body. */
function answerHead(
  strapi: Core.Strapi,
  ctx: Context,
  { contentType, etag, lastModified, tags, isPrivate = false }: AnswerHead
): boolean {
  // A shared cache would serve others what only this reader may see: RFC 9111, section 3.5.
  const isForOne = isPrivate || ctx.get('Authorization') !== '';
  ctx.set('Cache-Control', isForOne ? 'private, no-cache' : getConfig(strapi).cacheControl);
  // Cloudflare and Netlify read the first, Fastly the second.
  ctx.set('Cache-Tag', tags.join(','));
  ctx.set('Surrogate-Key', tags.join(' '));
  if (etag) ctx.set('ETag', etag);
  if (lastModified) ctx.lastModified = lastModified;
  ctx.status = 200;
  if (isFresh(ctx)) {
    ctx.status = 304;
    return false;
  }
  ctx.type = contentType;
  return true;
}
