import type { Core, UID } from '@strapi/strapi';
import { errors } from 'strapi-plugin-frontmatter/kit/strapi-utils';
import { BEGIN } from 'strapi-plugin-frontmatter/core';
import type { Liveness } from '../../../../shared';
import { DELIVERY, HOOK_UID, type HookRow, type NotedColumns } from '../../models';
import { getPublicationLog } from '../../plugin-id';
import type { PlainColumns } from './settings/stored';
import { getClock } from '../foundation/clock';
import { serviceOf } from '../foundation/service-of';

/** Columns that are written with settings. */
export type OperatorColumns = PlainColumns &
  Pick<
    HookRow,
    'credentials' | 'maskedUrl' | 'isDeclared' | 'revision' | 'liveSeq' | 'buildFailure'
  >;

/** Where a hook begins. */
export type Start = Pick<HookRow, 'cursorSeq' | 'cursorToken' | 'startOver' | 'startOverAt'>;

/** What a row must still contain for a note to be written. */
type Expected = { [Name in keyof HookRow]?: HookRow[Name] | { $lt: HookRow[Name] } };

/**
 * The rows of hooks. What operators set and what the dispatcher records is written column by
 * column, because both write the same row at the same time. A caller that writes settings that
 * depend on a read holds the settings lock.
 */
export function createHookRows({ strapi }: { strapi: Core.Strapi }) {
  const query = () => strapi.db.query(HOOK_UID as UID.Schema);
  const deliveries = () => strapi.db.query(DELIVERY.uid as UID.Schema);

  const findOne = (where: object): Promise<HookRow | null> =>
    query().findOne({ where }) as Promise<HookRow | null>;

  return {
    allByName: (): Promise<HookRow[]> =>
      query().findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] }) as Promise<HookRow[]>,

    allById: (): Promise<HookRow[]> =>
      query().findMany({ orderBy: { id: 'asc' } }) as Promise<HookRow[]>,

    find: (id: number): Promise<HookRow | null> => findOne({ id }),

    /** @throws NotFoundError */
    async get(id: number): Promise<HookRow> {
      const row = await findOne({ id });
      if (row) return row;
      throw new errors.NotFoundError(`There is no hook ${id}: it may have been deleted`);
    },

    findByName: (name: string): Promise<HookRow | null> => findOne({ name }),

    /** Returns a start at the newest position, or at the beginning. */
    async startOf({ fromBeginning }: { fromBeginning: boolean }): Promise<Start> {
      if (!fromBeginning) {
        const { seq, token } = await getPublicationLog(strapi).newest();
        return { cursorSeq: seq, cursorToken: token, startOver: null, startOverAt: null };
      }
      const startOverAt = getClock(strapi).now().toISOString();
      return { cursorSeq: BEGIN.seq, cursorToken: BEGIN.token, startOver: 'new', startOverAt };
    },

    insert: (
      columns: Omit<OperatorColumns, 'liveSeq' | 'buildFailure'> & Start
    ): Promise<HookRow> => query().create({ data: columns }) as Promise<HookRow>,

    /**
     * Writes a note if the row is still as expected.
     *
     * @returns Whether it was.
     */
    async note(id: number, note: Partial<NotedColumns>, expected: Expected = {}): Promise<boolean> {
      const { count } = await query().updateMany({ where: { id, ...expected }, data: note });
      return count > 0;
    },

    /** Clears the request of an operator to notify the site, unless there is a newer one. */
    async fulfil({ id, wantedAt }: HookRow): Promise<void> {
      if (!wantedAt) return;
      await query().updateMany({ where: { id, wantedAt }, data: { wantedAt: null } });
    },

    /** Writes settings, in one statement that names only these columns. */
    async write(id: number, columns: Partial<OperatorColumns>): Promise<void> {
      await query().updateMany({ where: { id }, data: columns });
    },

    /** Ends the deliveries of a hook, and removes it; what was sent stays readable. */
    async delete({ id }: Pick<HookRow, 'id'>): Promise<void> {
      const endedAt = getClock(strapi).now().toISOString();
      await query().deleteMany({ where: { id } });
      await deliveries().updateMany({
        where: { hookId: id, state: 'open' },
        data: { state: 'cancelled', endedAt, nextAttemptAt: null },
      });
      const live = { kind: 'unknown', reason: 'the hook was deleted' } satisfies Liveness;
      await deliveries().updateMany({
        where: { hookId: id, liveCheckAt: { $notNull: true } },
        data: { live, liveCheckAt: null },
      });
    },
  };
}

export const getHookRows = serviceOf('hook-rows', createHookRows);
