import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import fresh from 'fresh';
import type { Context } from 'koa';
import { getConfig } from '../config';
import { stateOf, type DependsOn } from '../services/foundation/request-state';

/** What a read answers, whatever it is made of. */
interface AnswerHead {
  contentType: string;
  /** In double quotes: changes whenever the body does. */
  etag?: string;
  lastModified?: Date | undefined;
  /** Names by which caches may drop it: `posts`, `posts/first-swarm`. */
  tags: readonly string[];
  /** Whether only some may see it. */
  isPrivate?: boolean;
  /** What alone can change it; absent where more than publications can. */
  dependsOn?: DependsOn;
}

/** Answers a read, with 304 where the reader has it already. */
export function answer(
  strapi: Core.Strapi,
  ctx: Context,
  { body, ...head }: AnswerHead & { etag: string; body: string }
): void {
  if (!answerHead(strapi, ctx, head)) return;
  ctx.body = body;
  if (head.dependsOn && !head.isPrivate) stateOf(ctx).frontmatterDependsOn = head.dependsOn;
}

/** The same for what is made while it is sent; a reader that has it already makes nothing. */
export function answerStream(
  strapi: Core.Strapi,
  ctx: Context,
  { open, ...head }: AnswerHead & { open: () => Readable }
): void {
  if (!answerHead(strapi, ctx, head)) return;
  const body = open();
  // Koa leaves an answer open whose stream fails: the reader must not take the part for the whole.
  body.on('error', () => ctx.res.destroy());
  ctx.body = body;
}

/** An entity tag of what decides a body, or of the body itself. */
export function entityTagOf(content: unknown, representation: string): string {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return `"${createHash('sha1').update(text).digest('hex')}-${representation}"`;
}

/**
 * Whether the reader has the answer. `Cache-Control: no-cache` is left aside: it forbids caches on
 * the way to answer by themselves, and Node's `fetch` adds it to every conditional request.
 */
function isFresh({ request, response }: Context): boolean {
  const { 'cache-control': _, ...conditions } = request.headers;
  return fresh(conditions, response.headers);
}

/** @returns Whether a body is wanted. */
function answerHead(
  strapi: Core.Strapi,
  ctx: Context,
  { contentType, etag, lastModified, tags, isPrivate = false }: AnswerHead
): boolean {
  // A shared cache would give others what only this reader may see: RFC 9111, section 3.5.
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
