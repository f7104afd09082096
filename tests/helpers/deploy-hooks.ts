import type { Core } from '@strapi/strapi';
import type { CreateHook } from '../../src/plugins/deploy-hooks/shared';

type Service = Record<string, (...given: unknown[]) => unknown>;

/** Calls a service of the plugin. */
const call = <T>(strapi: Core.Strapi, name: string, method: string, ...given: unknown[]) =>
  (strapi.plugin('deploy-hooks').service(name) as Service)[method]?.(...given) as Promise<T>;

/** Keeps the dispatcher from rounds of its own, which begin when a server listens. */
export function holdDispatcher(strapi: Core.Strapi): void {
  strapi.plugin('deploy-hooks').service('dispatcher').start = () => undefined;
}

/** The plugin's services, as far as tests use them. */
export function deployHooks(strapi: Core.Strapi) {
  return {
    create: (body: CreateHook.Body) =>
      call<{ id: number; secret?: string }>(strapi, 'hooks', 'create', body),
    update: (id: number, body: Partial<CreateHook.Body>) =>
      call<unknown>(strapi, 'hooks', 'update', id, body),
    remove: (id: number) => call<unknown>(strapi, 'hooks', 'delete', id),
    rows: () => call<{ id: number }[]>(strapi, 'hook-notes', 'findAll'),
    credentialsOf: (row: unknown) => call<object>(strapi, 'credentials', 'open', row) as unknown,
    row: (id: number) => call<Record<string, unknown> | null>(strapi, 'hook-notes', 'find', id),
    deliveries: (hookId: number) =>
      strapi.db
        .query('plugin::deploy-hooks.delivery' as 'plugin::users-permissions.user')
        .findMany({ where: { hookId }, orderBy: { id: 'asc' } }) as unknown as Promise<
        DeliveryRow[]
      >,
    /** One round of the dispatcher, and all that it sends. */
    dispatch: () => call<void>(strapi, 'dispatcher', 'runOnce'),
    operate: (name: 'deployNow' | 'test' | 'sendAgain' | 'pause' | 'resume', id: number) =>
      call<unknown>(strapi, 'operations', name, id),
  };
}

export interface DeliveryRow {
  id: number;
  messageId: string;
  kind: string;
  state: string;
  fromSeq: number;
  toSeq: number;
  attemptCount: number;
  attempts: { status: number | null; error: string | null; response: string | null }[];
}
