import type { Core } from '@strapi/strapi';
import type { Cursor } from 'strapi-plugin-frontmatter/core';
import { concerns, needsData } from '../../../../core';
import type { HookRow } from '../../models';
import { getPublicationLog } from '../../plugin-id';

const PAGE_SIZE = 500;

/** What is known of a hook while neither its cursor nor its filter changes. */
interface Known {
  key: string;
  /** Position up to which no change concerns the hook, unless one was found. */
  to: Cursor;
  firstAt?: Date | undefined;
}

/**
 * Finds since when sites have waited for changes that they were not notified of. Reads only up to
 * the first change that concerns a hook, and remembers it: a site may be far behind.
 */
export function createOldestPending({ strapi }: { strapi: Core.Strapi }) {
  const known = new Map<number, Known>();

  async function firstAfterCursor(hook: HookRow): Promise<Date | null | undefined> {
    const { id, filter, cursorSeq: seq, cursorToken: token } = hook;
    const key = JSON.stringify([seq, token, filter]);
    const before = known.get(id);
    let { to, firstAt }: Known = before?.key === key ? before : { key, to: { seq, token } };
    while (!firstAt) {
      const options = { limit: PAGE_SIZE, withData: needsData(filter) };
      const page = await getPublicationLog(strapi).after(to, options);
      if (!page) {
        known.delete(id);
        return undefined;
      }
      firstAt = page.find((publication) => concerns(filter, publication))?.at;
      to = page.at(-1)?.cursor ?? to;
      if (page.length < PAGE_SIZE) break;
    }
    known.set(id, { key, to, firstAt });
    return firstAt ?? null;
  }

  return {
    /** @returns `null` if nothing waits, `undefined` if that cannot be known. */
    of: async (hook: HookRow): Promise<Date | null | undefined> =>
      hook.startOverAt ? new Date(hook.startOverAt) : firstAfterCursor(hook),

    /** Forgets all other hooks. */
    keepOnly(ids: ReadonlySet<number>): void {
      for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
    },
  };
}
