import type { Core } from '@strapi/strapi';
import { getHooks } from '../services/operating/hooks';
import { getOperations } from '../services/operating/operations';
import { answers, bodyOf, idOf } from './request';

/** Hooks, for operators in the panel. */
export function createHookController({ strapi }: { strapi: Core.Strapi }) {
  const hooks = () => getHooks(strapi);
  const operations = () => getOperations(strapi);

  return {
    find: answers(() => hooks().list()),
    findOne: answers((ctx) => hooks().findOne(idOf(ctx))),
    create: answers((ctx) => hooks().create(bodyOf(ctx)), 201),
    update: answers((ctx) => hooks().update(idOf(ctx), bodyOf(ctx))),
    delete: answers((ctx) => hooks().delete(idOf(ctx))),
    rotateSecret: answers((ctx) => hooks().rotateSecret(idOf(ctx))),
    test: answers((ctx) => operations().test(idOf(ctx))),
    trigger: answers((ctx) => operations().deployNow(idOf(ctx))),
    pause: answers((ctx) => operations().pause(idOf(ctx))),
    resume: answers((ctx) => operations().resume(idOf(ctx))),
  };
}
