import type { Core } from '@strapi/strapi';
import type { DeliveryRow, HookRow } from '../../src/plugins/deploy-hooks/server/src/models';
import type { NewHook } from '../../src/plugins/deploy-hooks/shared';
import { findDeliveryRows, updateDeliveryRow } from './hook-rows';

type Service = Record<string, (...given: unknown[]) => unknown>;

/** Calls a service of the plugin. */
const call = <T>(strapi: Core.Strapi, name: string, method: string, ...given: unknown[]) =>
  (strapi.plugin('deploy-hooks').service(name) as Service)[method]?.(...given) as Promise<T>;

/** Keeps the dispatcher from starting its own rounds, as it does when a server listens. */
export function holdDispatcher(strapi: Core.Strapi): void {
  strapi.plugin('deploy-hooks').service('dispatcher').start = () => undefined;
}

/** Returns the services of the plugin that tests use. */
export function deployHooks(strapi: Core.Strapi) {
  return {
    create: (body: NewHook) =>
      call<{ id: number; secret?: string }>(strapi, 'hooks', 'create', body),
    update: (id: number, body: Partial<NewHook>) =>
      call<unknown>(strapi, 'hooks', 'update', id, body),
    remove: (id: number) => call<unknown>(strapi, 'hooks', 'delete', id),
    rows: () => call<HookRow[]>(strapi, 'hook-rows', 'allById'),
    credentialsOf: (row: unknown) => call<object>(strapi, 'credentials', 'open', row) as unknown,
    row: (id: number) => call<HookRow | null>(strapi, 'hook-rows', 'find', id),
    /** Updates the state of a hook, as the dispatcher would. */
    note: (id: number, note: Partial<HookRow>) =>
      call<boolean>(strapi, 'hook-rows', 'note', id, note),
    deliveries: (hookId: number) => findDeliveryRows(strapi, { hookId }),
    noteDelivery: (id: number, data: Partial<DeliveryRow>) => updateDeliveryRow(strapi, id, data),
    /** Runs one round of the dispatcher, including all that it sends. */
    dispatch: () => call<void>(strapi, 'dispatcher', 'runOnce'),
    operate: (name: 'deployNow' | 'test' | 'sendAgain' | 'pause' | 'resume', id: number) =>
      call<unknown>(strapi, 'operations', name, id),
  };
}
