import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { getHooks } from '../services/operating/hooks';
import { getOperations } from '../services/operating/operations';
import { bodyOf, idOf } from './request';

/** Hooks, for operators in the panel. */
export function createHookController({ strapi }: { strapi: Core.Strapi }) {
  const hooks = () => getHooks(strapi);
  const operations = () => getOperations(strapi);

  return {
    async find(ctx: Context): Promise<void> {
      ctx.body = { data: await hooks().list() };
    },

    async findOne(ctx: Context): Promise<void> {
      ctx.body = { data: await hooks().findOne(idOf(ctx)) };
    },

    async create(ctx: Context): Promise<void> {
      const data = await hooks().create(bodyOf(ctx));
      ctx.status = 201;
      ctx.body = { data };
    },

    async update(ctx: Context): Promise<void> {
      const data = await hooks().update(idOf(ctx), bodyOf(ctx));
      ctx.body = { data };
    },

    async delete(ctx: Context): Promise<void> {
      ctx.body = { data: await hooks().delete(idOf(ctx)) };
    },

    async rotateSecret(ctx: Context): Promise<void> {
      ctx.body = { data: await hooks().rotateSecret(idOf(ctx)) };
    },

    async test(ctx: Context): Promise<void> {
      ctx.body = { data: await operations().test(idOf(ctx)) };
    },

    async trigger(ctx: Context): Promise<void> {
      ctx.body = { data: await operations().deployNow(idOf(ctx)) };
    },

    async pause(ctx: Context): Promise<void> {
      await operations().pause(idOf(ctx));
      ctx.body = { data: await hooks().findOne(idOf(ctx)) };
    },

    async resume(ctx: Context): Promise<void> {
      await operations().resume(idOf(ctx));
      ctx.body = { data: await hooks().findOne(idOf(ctx)) };
    },
  };
}
