import type { Core, UID } from '@strapi/strapi';
import { HOOK_UID, type HookRow } from '../models';

/** What the dispatcher notes; what operators set is written by `hook-rows` alone. */
export type HookNote = Partial<
  Omit<
    HookRow,
    | 'id'
    | 'documentId'
    | 'name'
    | 'preset'
    | 'credentials'
    | 'filter'
    | 'quietPeriodMs'
    | 'maxWaitMs'
    | 'isEnabled'
    | 'statusUrl'
    | 'isDeclared'
    | 'revision'
  >
>;

/** The rows of hooks as the dispatcher reads them, and what it notes there. */
export function createHookNotes({ strapi }: { strapi: Core.Strapi }) {
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
    async note(id: number, note: HookNote, expected: Partial<HookRow> = {}): Promise<boolean> {
      const { count } = await query().updateMany({ where: { id, ...expected }, data: note });
      return count > 0;
    },
  };
}
