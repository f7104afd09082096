import type { Core, UID } from '@strapi/strapi';
import type { LoggedPublication } from 'strapi-plugin-frontmatter/shared';
import { concerns, needsData } from '../../../../core';
import type { DocumentProgress, HookState } from '../../../../shared';
import { DELIVERY, type DeliveryRow, type HookRow } from '../../models';
import { getPublicationLog } from '../../plugin-id';
import { serviceOf } from '../foundation/service-of';
import { getHookRows } from '../hooks/hook-rows';
import { getHookView } from './hook-view';

type Telling = Pick<DeliveryRow, 'endedAt' | 'live'>;

/** How far documents have come to the sites. */
export function createProgress({ strapi }: { strapi: Core.Strapi }) {
  /** The delivery by which a site was told of a publication; nothing if it is not kept any more. */
  async function findTelling(hookId: number, seq: number): Promise<Telling | undefined> {
    const [telling]: Telling[] = await strapi.db.query(DELIVERY.uid as UID.ContentType).findMany({
      select: ['endedAt', 'live'],
      where: { hookId, state: 'delivered', fromSeq: { $lt: seq }, toSeq: { $gte: seq } },
      orderBy: { id: 'asc' },
      limit: 1,
    });
    return telling;
  }

  async function progressOf(
    hook: HookRow,
    state: HookState,
    publication: LoggedPublication
  ): Promise<DocumentProgress> {
    const stage = stageOf(hook, publication);
    const wasTold = stage === 'triggered' || stage === 'live';
    const telling = wasTold ? await findTelling(hook.id, publication.cursor.seq) : undefined;
    return {
      hook: { id: hook.id, name: hook.name },
      stage,
      at: momentOf(stage, telling),
      heldUp: state.kind === 'paused' || state.kind === 'disabled' ? state.kind : null,
      nextAttemptAt: state.kind === 'failing' ? state.nextAttemptAt : null,
      hasStatusUrl: Boolean(hook.statusUrl),
    };
  }

  return {
    /** @returns One for each hook, by name; nothing of a slug that was never published. */
    async of(collection: string, slug: string): Promise<DocumentProgress[] | undefined> {
      const hooks = await getHookRows(strapi).all();
      const withData = hooks.some(({ filter }) => needsData(filter));
      const newest = await getPublicationLog(strapi).newestOf(collection, slug, { withData });
      if (!newest) return undefined;
      const views = await getHookView(strapi).read(hooks);
      return Promise.all(
        views.flatMap(({ id, state }) => {
          const hook = hooks.find((each) => each.id === id);
          return hook ? [progressOf(hook, state, newest)] : [];
        })
      );
    },
  };
}

function momentOf(stage: DocumentProgress['stage'], telling: Telling | undefined): string | null {
  if (stage !== 'live') return telling?.endedAt ?? null;
  return telling?.live?.kind === 'live' ? telling.live.at : null;
}

function stageOf(
  { filter, cursorSeq, liveSeq, startOver }: HookRow,
  publication: LoggedPublication
): DocumentProgress['stage'] {
  const { seq } = publication.cursor;
  if (!concerns(filter, publication)) return 'not-concerned';
  // What such a hook was told before counts for nothing.
  if (startOver) return 'published';
  if (liveSeq >= seq) return 'live';
  return cursorSeq >= seq ? 'triggered' : 'published';
}

export const getProgress = serviceOf('progress', createProgress);
