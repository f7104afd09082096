import type { Core, UID } from '@strapi/strapi';
import type { LoggedPublication } from 'strapi-plugin-frontmatter/shared';
import { concerns, needsData } from '../../../core';
import type { DocumentProgress } from '../../../shared';
import { HOOK_UID, type HookRow } from '../models';
import { getPublicationLog } from '../plugin-id';

type Followed = Pick<HookRow, 'id' | 'name' | 'filter' | 'cursorSeq' | 'liveSeq' | 'startOver'>;

/** How far documents have come to the sites. */
export function createProgress({ strapi }: { strapi: Core.Strapi }) {
  return {
    /** @returns One for each hook, by name; nothing of a slug that was never published. */
    async of(collection: string, slug: string): Promise<DocumentProgress[] | undefined> {
      const hooks: Followed[] = await strapi.db.query(HOOK_UID as UID.ContentType).findMany({
        select: ['id', 'name', 'filter', 'cursorSeq', 'liveSeq', 'startOver'],
        orderBy: { name: 'asc' },
      });
      const withData = hooks.some(({ filter }) => needsData(filter));
      const newest = await getPublicationLog(strapi).newestOf(collection, slug, { withData });
      return newest && hooks.map((hook) => progressOf(hook, newest));
    },
  };
}

const progressOf = (hook: Followed, publication: LoggedPublication): DocumentProgress => ({
  hook: { id: hook.id, name: hook.name },
  stage: stageOf(hook, publication),
});

function stageOf(
  { filter, cursorSeq, liveSeq, startOver }: Followed,
  publication: LoggedPublication
): DocumentProgress['stage'] {
  const { seq } = publication.cursor;
  if (!concerns(filter, publication)) return 'not-concerned';
  // What such a hook was told before counts for nothing.
  if (startOver) return 'published';
  if (liveSeq >= seq) return 'live';
  return cursorSeq >= seq ? 'triggered' : 'published';
}
