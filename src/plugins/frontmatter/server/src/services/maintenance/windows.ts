import type { Core, UID } from '@strapi/strapi';
import type { EntryField } from '../../../../core';
import { getClock } from '../foundation/clock';
import { getPublisher } from '../publishing/publisher';
import { getShapes } from '../foundation/shapes';
import { getWriteLock } from '../store/write-lock';
import { serviceOf } from '../foundation/service-of';

/** Publishes documents again when something that they show begins or ceases to be shown. */
export function createWindows({ strapi }: { strapi: Core.Strapi }) {
  return {
    /**
     * Settles what shows an entry with a window that opened or closed after `since`, up to now.
     *
     * @returns The moment up to which that is done.
     */
    async publishCrossed(since: Date): Promise<Date> {
      const now = getClock(strapi).now();
      const between = { $gt: since.toISOString(), $lte: now.toISOString() };
      const fields = getShapes(strapi)
        .all()
        .flatMap(({ leaves }) => leaves.map(({ field }) => field as EntryField));
      for (const { target, window } of fields) {
        if (!window) continue;
        // Under the lock: what a write sets that is not committed yet, nobody sees before.
        await getWriteLock(strapi).run(async () => {
          const entries = await strapi.db.query(target as UID.ContentType).findMany({
            select: ['documentId'],
            where: { $or: [{ [window.startsAt]: between }, { [window.endsAt]: between }] },
          });
          const ids = entries.map(({ documentId }) => String(documentId));
          const cause = { kind: 'other', reason: 'window' } as const;
          await getPublisher(strapi).publishOwners(target, ids, cause);
        });
      }
      return now;
    },
  };
}

export const getWindows = serviceOf('windows', createWindows);
