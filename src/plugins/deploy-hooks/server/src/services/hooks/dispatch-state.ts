import type { Core, UID } from '@strapi/strapi';
import { HOOK_UID, type HookRow, type NotedColumns } from '../../models';
import { serviceOf } from '../foundation/service-of';

/**
 * The rows of hooks as the dispatcher reads them, and what it notes there; what operators set is
 * written by `hook-rows` alone.
 */
export function createDispatchState({ strapi }: { strapi: Core.Strapi }) {
  const query = () => strapi.db.query(HOOK_UID as UID.ContentType);

  return {
    findAll: (): Promise<HookRow[]> =>
      query().findMany({ orderBy: { id: 'asc' } }) as Promise<HookRow[]>,

    find: (id: number): Promise<HookRow | null> =>
      query().findOne({ where: { id } }) as Promise<HookRow | null>,

    /**
     * Notes something, if the row still is as expected.
     *
     * @returns Whether it was.
     */
    async note(
      id: number,
      note: Partial<NotedColumns>,
      expected: Partial<HookRow> = {}
    ): Promise<boolean> {
      const { count } = await query().updateMany({ where: { id, ...expected }, data: note });
      return count > 0;
    },

    /** Ends the wish of an operator that the site be told, unless a newer one has come. */
    async fulfil({ id, wantedAt }: HookRow): Promise<void> {
      if (!wantedAt) return;
      await query().updateMany({ where: { id, wantedAt }, data: { wantedAt: null } });
    },
  };
}

export const getDispatchState = serviceOf('dispatch-state', createDispatchState);
