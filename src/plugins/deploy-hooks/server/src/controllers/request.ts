import { errors } from 'strapi-plugin-frontmatter/kit/strapi-utils';
import type { Context } from 'koa';
import type { Answer } from '../../../shared';

/** Largest id that the columns hold. */
export const MAX_ID = 2 ** 31 - 1;

/** Returns the id in the path. @throws NotFoundError if it cannot be an id. */
export function idOf(ctx: Context): number {
  const { id } = ctx['params'] as { id: string };
  if (/^[1-9]\d{0,9}$/.test(id) && Number(id) <= MAX_ID) return Number(id);
  throw new errors.NotFoundError(`'${id.slice(0, 20)}' is not a valid id`);
}

export const bodyOf = (ctx: Context): unknown => (ctx.request as { body?: unknown }).body; // set by strapi::body

/** Creates an action that answers with what its task returns. */
export const answers =
  <T>(task: (ctx: Context) => Promise<T>, status = 200) =>
  async (ctx: Context): Promise<void> => {
    const data = await task(ctx);
    ctx.status = status;
    ctx.body = { data } satisfies Answer<T>;
  };
