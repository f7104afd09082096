import type { Core, UID } from '@strapi/strapi';
import { zip } from 'es-toolkit';
import type { LoggedPublication } from 'strapi-plugin-frontmatter/shared';
import { concerns, needsData } from '../../../../core';
import type { DocumentProgress, HookState } from '../../../../shared';
import { DELIVERY, type DeliveryRow, type HookRow } from '../../models';
import { getPublicationLog } from '../../plugin-id';
import { getClock } from '../foundation/clock';
import { serviceOf } from '../foundation/service-of';
import { getHookRows } from '../hooks/hook-rows';
import { getHookView } from './hook-view';

const LONGEST_BUILD_MS = 60 * 60 * 1_000;

type Covering = Pick<DeliveryRow, 'endedAt' | 'live'>;

/** Finds how far documents have progressed on the sites. */
export function createProgress({ strapi }: { strapi: Core.Strapi }) {
  /** The end of a build may never be reported. */
  const isBelieved = (since: string): boolean =>
    getClock(strapi).now().getTime() - Date.parse(since) < LONGEST_BUILD_MS;

  /** Finds the oldest or newest delivery of a publication that is still kept. */
  async function findCovering(
    hookId: number,
    where: object,
    order: 'asc' | 'desc'
  ): Promise<Covering | undefined> {
    const [covering]: Covering[] = await strapi.db.query(DELIVERY.uid as UID.ContentType).findMany({
      select: ['endedAt', 'live'],
      where: { hookId, kind: 'changes', state: 'delivered', ...where },
      orderBy: { id: order },
      limit: 1,
    });
    return covering;
  }

  /** Returns how far a publication has progressed, and since when. */
  async function stepOf(
    hook: HookRow,
    publication: LoggedPublication
  ): Promise<Pick<DocumentProgress, 'stage' | 'at' | 'link'>> {
    const stage = stageOf(hook, publication);
    const { seq } = publication.cursor;
    if (stage !== 'triggered' && stage !== 'live') return { stage, at: null, link: null };
    // Only the newest build counts, whatever the results of earlier ones.
    const newest =
      stage === 'triggered' ? await findCovering(hook.id, { toSeq: { $gte: seq } }, 'desc') : null;
    const build = newest?.live;
    if (build?.kind === 'failed' || (build?.kind === 'building' && isBelieved(build.at))) {
      const { at, kind, logUrl = null } = build;
      return { stage: kind === 'failed' ? 'build-failed' : kind, at, link: logUrl };
    }
    const covering = await findCovering(
      hook.id,
      { fromSeq: { $lt: seq }, toSeq: { $gte: seq } },
      'asc'
    );
    if (stage === 'triggered') return { stage, at: covering?.endedAt ?? null, link: null };
    const shown = covering?.live?.kind === 'live' ? covering.live : undefined;
    return { stage, at: shown?.at ?? null, link: shown?.url ?? null };
  }

  async function progressOf(
    hook: HookRow,
    state: HookState,
    publication: LoggedPublication
  ): Promise<DocumentProgress> {
    return {
      hook: { id: hook.id, name: hook.name },
      ...(await stepOf(hook, publication)),
      heldUp: state.kind === 'paused' || state.kind === 'disabled' ? state.kind : null,
      nextAttemptAt: state.kind === 'failing' ? state.nextAttemptAt : null,
      hasStatusUrl: Boolean(hook.statusUrl),
    };
  }

  return {
    /** @returns One for each hook, by name; `undefined` if the slug was never published. */
    async of(collection: string, slug: string): Promise<DocumentProgress[] | undefined> {
      const hooks = await getHookRows(strapi).allByName();
      const withData = hooks.some(({ filter }) => needsData(filter));
      const newest = await getPublicationLog(strapi).newestOf(collection, slug, { withData });
      if (!newest) return undefined;
      const views = await getHookView(strapi).read(hooks);
      return Promise.all(
        zip(hooks, views).map(([hook, { state }]) => progressOf(hook, state, newest))
      );
    },
  };
}

function stageOf(
  { filter, cursorSeq, liveSeq, startOver }: HookRow,
  publication: LoggedPublication
): DocumentProgress['stage'] {
  const { seq } = publication.cursor;
  if (!concerns(filter, publication)) return 'not-concerned';
  // Whatever such a hook was notified of before does not count.
  if (startOver) return 'published';
  if (liveSeq >= seq) return 'live';
  return cursorSeq >= seq ? 'triggered' : 'published';
}

export const getProgress = serviceOf('progress', createProgress);
