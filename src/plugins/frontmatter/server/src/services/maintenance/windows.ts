import type { Core, UID } from '@strapi/strapi';
import type { EntryField } from '../../../../core';
import { getClock } from '../foundation/clock';
import { getPublisher } from '../publishing/publisher';
import { getShapes } from '../foundation/shapes';
import { getWriteLock } from '../store/write-lock';
import { serviceOf } from '../foundation/service-of';

/** Publishes documents again when something in them starts or stops being shown. */
export function createWindows({ strapi }: { strapi: Core.Strapi }) {
  return {
    /**
     * Publishes documents that show an entry whose window opened or closed after `since`.
     *
     * @returns The time up to which windows have been handled.
     */
    async publishCrossed(since: Date): Promise<Date> {
      const now = getClock(strapi).now();
      const between = { $gt: since.toISOString(), $lte: now.toISOString() };
      const fields = getShapes(strapi)
        .all()
        .flatMap(({ leaves }) => leaves.map(({ field }) => field as EntryField));
      for (const { target, window } of fields) {
        if (!window) continue;
        // Under the lock: a window that a running write sets cannot be seen before its commit.
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
