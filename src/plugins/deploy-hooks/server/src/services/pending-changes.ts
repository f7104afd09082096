import type { Core } from '@strapi/strapi';
import { needsData, nothingPending, withPublications, type Pending } from '../../../core';
import type { HookRow } from '../models';
import { getPublicationLog } from '../plugin-id';

const PAGE_SIZE = 500;

type Followed = Pick<HookRow, 'cursorSeq' | 'cursorToken' | 'filter'> &
  Partial<Pick<HookRow, 'startOver'>>;

/** What was published since the cursor of a hook, for who only wants to say so. */
export function createPendingChanges({ strapi }: { strapi: Core.Strapi }) {
  return {
    /** @returns Nothing if the database never had that position: it is another or a restored one. */
    async read(hook: Followed): Promise<Pending | undefined> {
      let pending = nothingPending({ seq: hook.cursorSeq, token: hook.cursorToken });
      // It is about to be told to read everything, however much that is.
      if (hook.startOver) return pending;
      const options = { limit: PAGE_SIZE, withData: needsData(hook.filter) };
      for (;;) {
        const page = await getPublicationLog(strapi).after(pending.to, options);
        if (!page) return undefined;
        pending = withPublications(pending, page, hook.filter);
        if (page.length < PAGE_SIZE) return pending;
      }
    },
  };
}
