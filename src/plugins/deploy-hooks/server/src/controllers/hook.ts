import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type {
  CreateHook,
  DeleteHook,
  DeployNow,
  FindHook,
  ListHooks,
  PauseHook,
  RotateSecret,
  SendTest,
  UpdateHook,
} from '../../../shared';
import { getHooks } from '../services/operating/hooks';
import { getOperations } from '../services/operating/operations';
import { bodyOf, idOf } from './request';

/** Hooks, for operators in the panel. */
export function createHookController({ strapi }: { strapi: Core.Strapi }) {
  const hooks = () => getHooks(strapi);
  const operations = () => getOperations(strapi);

  return {
    async find(ctx: Context): Promise<void> {
      ctx.body = { data: await hooks().list() } satisfies ListHooks.Response;
    },

    async findOne(ctx: Context): Promise<void> {
      ctx.body = { data: await hooks().findOne(idOf(ctx)) } satisfies FindHook.Response;
    },

    async create(ctx: Context): Promise<void> {
      const data = await hooks().create(bodyOf(ctx));
      ctx.status = 201;
      ctx.body = { data } satisfies CreateHook.Response;
    },

    async update(ctx: Context): Promise<void> {
      const data = await hooks().update(idOf(ctx), bodyOf(ctx));
      ctx.body = { data } satisfies UpdateHook.Response;
    },

    async delete(ctx: Context): Promise<void> {
      ctx.body = { data: await hooks().delete(idOf(ctx)) } satisfies DeleteHook.Response;
    },

    async rotateSecret(ctx: Context): Promise<void> {
      ctx.body = { data: await hooks().rotateSecret(idOf(ctx)) } satisfies RotateSecret.Response;
    },

    async test(ctx: Context): Promise<void> {
      ctx.body = { data: await operations().test(idOf(ctx)) } satisfies SendTest.Response;
    },

    async trigger(ctx: Context): Promise<void> {
      ctx.body = { data: await operations().deployNow(idOf(ctx)) } satisfies DeployNow.Response;
    },

    async pause(ctx: Context): Promise<void> {
      await operations().pause(idOf(ctx));
      ctx.body = { data: await hooks().findOne(idOf(ctx)) } satisfies PauseHook.Response;
    },

    async resume(ctx: Context): Promise<void> {
      await operations().resume(idOf(ctx));
      ctx.body = { data: await hooks().findOne(idOf(ctx)) } satisfies PauseHook.Response;
    },
  };
}
