import type { Core } from '@strapi/strapi';
import type { Context, Next } from 'koa';
import { unavailableError } from '../services/foundation/database-errors';
import { log } from '../services/foundation/log';

/** Answers 503 or 507 with advice, instead of 500, if the database cannot be reached or is full. */
export const createDatabaseErrors =
  (_config: unknown, { strapi }: { strapi: Core.Strapi }) =>
  async (ctx: Context, next: Next): Promise<unknown> => {
    try {
      return await next();
    } catch (error) {
      const unavailable = unavailableError(error);
      if (!unavailable) throw error;
      log(strapi, 'error', `${ctx.method} ${ctx.path} was not answered`, { error });
      throw unavailable;
    }
  };
