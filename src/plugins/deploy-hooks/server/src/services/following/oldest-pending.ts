import type { Core } from '@strapi/strapi';
import type { Cursor } from 'strapi-plugin-frontmatter/core';
import { concerns, needsData } from '../../../../core';
import type { HookRow } from '../../models';
import { getPublicationLog } from '../../plugin-id';

const PAGE_SIZE = 500;

/** What is known of a hook as long as neither its cursor nor its filter changes. */
interface Known {
  key: string;
  /** Up to where no change concerns the hook; unless one was found. */
  to: Cursor;
  firstAt?: Date | undefined;
}

/**
 * Since when sites wait for what they were not told. It is read no further than to the first change
 * that concerns a hook, and remembered: a site may be far behind.
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
    /** @returns `null` where nothing waits, nothing where it cannot be known. */
    of: async (hook: HookRow): Promise<Date | null | undefined> =>
      hook.startOverAt ? new Date(hook.startOverAt) : firstAfterCursor(hook),

    /** Forgets all other hooks. */
    keepOnly(ids: ReadonlySet<number>): void {
      for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
    },
  };
}
