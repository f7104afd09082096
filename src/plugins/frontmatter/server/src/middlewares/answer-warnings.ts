import type { Context, Next } from 'koa';
import { stateOf } from '../services/foundation/request-state';

/**
 * Adds `meta.warnings` to the answer of a write that has some, in plain REST and in the panel's
 * API. A deletion, which otherwise has no content, is answered with them.
 */
export async function answerWarnings(ctx: Context, next: Next): Promise<void> {
  await next();
  const warnings = stateOf(ctx).frontmatterWarnings;
  const isDone = ctx.status >= 200 && ctx.status < 300;
  if (!warnings || !isDone) return;
  if (ctx.status === 204) {
    ctx.status = 200;
    ctx.body = { data: null, meta: { warnings } };
  } else if (isAnswer(ctx.body)) {
    ctx.body = { ...ctx.body, meta: { ...ctx.body.meta, warnings } };
  }
}

const isAnswer = (body: unknown): body is { meta?: object } =>
  typeof body === 'object' && body !== null && Object.getPrototypeOf(body) === Object.prototype;
