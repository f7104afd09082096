import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import type { Cursor } from 'strapi-plugin-frontmatter/core';
import type { LoggedPublication } from 'strapi-plugin-frontmatter/shared';
import { needsData, nothingPending, withPublications, type Pending } from '../../../../core';
import { getPublicationLog } from '../../plugin-id';
import type { HookRow } from '../../models';
import { getClock } from '../foundation/clock';
import { serviceOf } from '../foundation/service-of';

/** What a hook has to be notified of: kept up to date in memory, derived from the database. */
export interface Followed {
  /** Since the hook's cursor. */
  pending: Pending;
  /** Since the open message, if there is one; otherwise the same. */
  unsent: Pending;
}

interface Entry extends Followed {
  /** The parts of the row for which it was made. */
  of: string;
}

const PAGE_SIZE = 500;

const keyOf = (row: HookRow): string =>
  JSON.stringify([row.cursorSeq, row.cursorToken, row.startOver, row.openToSeq, row.filter]);

/** Follows what is published after the cursors of hooks; reads each publication once for all. */
export function createFollowedHooks({ strapi }: { strapi: Core.Strapi }) {
  const entries = new Map<number, Entry>();

  type Page = Awaited<ReturnType<ReturnType<typeof getPublicationLog>['after']>>;
  type ReadPage = (cursor: Cursor, withData: boolean) => Promise<Page>;

  /** Corrects a time from a clock that is ahead, which would delay the notification by as much. */
  function notInFuture(publication: LoggedPublication): LoggedPublication {
    const now = getClock(strapi).now();
    return publication.at > now ? { ...publication, at: now } : publication;
  }

  /** Hooks at the same position, as nearly all are, share a query. */
  function createReader(): ReadPage {
    const pages = new Map<string, Promise<Page>>();
    return (cursor, withData) => {
      const key = `${cursor.seq}.${cursor.token}.${withData}`;
      const page =
        pages.get(key) ?? getPublicationLog(strapi).after(cursor, { limit: PAGE_SIZE, withData });
      pages.set(key, page);
      return page;
    };
  }

  /** Begins an entry. If the hook starts over, its site reads everything: no changes are listed. */
  function begin(row: HookRow): Entry {
    const cursor = { seq: row.cursorSeq, token: row.cursorToken };
    const open = { seq: row.openToSeq ?? 0, token: row.openToToken ?? '' };
    const pending = nothingPending(row.startOver ? open : cursor);
    return { of: keyOf(row), pending, unsent: pending };
  }

  /** Adds a page; what the open message contains does not count as unsent. */
  function take(
    { of, pending, unsent }: Entry,
    row: HookRow,
    page: Exclude<Page, undefined>
  ): Entry {
    const sentTo = row.openToSeq ?? 0;
    const isUnsent = page.filter(({ cursor }) => cursor.seq > sentTo);
    return {
      of,
      pending: withPublications(pending, page, row.filter),
      unsent: withPublications(unsent, isUnsent, row.filter),
    };
  }

  async function readOn(row: HookRow, entry: Entry, read: ReadPage): Promise<Entry | undefined> {
    if (row.startOver && row.openToSeq === null) return entry;
    for (let found = entry; ;) {
      const page = await read(found.pending.to, needsData(row.filter));
      if (!page) return undefined;
      found = take(found, row, page.map(notInFuture));
      if (page.length < PAGE_SIZE) return found;
      await nextTurn(); // reading SQLite never waits for anything: other tasks need their turn
    }
  }

  return {
    /** @returns What to notify each hook of; `undefined` if the database never had its cursor. */
    async follow(rows: readonly HookRow[]): Promise<Map<number, Followed | undefined>> {
      const followed = new Map<number, Followed | undefined>();
      if (rows.length === 0) return followed;
      const newest = await getPublicationLog(strapi).newest();
      const read = createReader();
      for (const row of rows) {
        const known = entries.get(row.id);
        const entry = known?.of === keyOf(row) ? known : begin(row);
        const { to } = entry.pending;
        const isThere = known === entry && to.seq === newest.seq && to.token === newest.token;
        const now = isThere ? entry : await readOn(row, entry, read);
        if (now) entries.set(row.id, now);
        else entries.delete(row.id);
        followed.set(row.id, now);
      }
      return followed;
    },

    /** Forgets all other hooks. */
    keepOnly(ids: ReadonlySet<number>): void {
      for (const id of entries.keys()) if (!ids.has(id)) entries.delete(id);
    },
  };
}

export const getFollowedHooks = serviceOf('followed-hooks', createFollowedHooks);
