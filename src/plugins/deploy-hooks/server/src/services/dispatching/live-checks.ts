import type { Core, UID } from '@strapi/strapi';
import { formatCursor } from 'strapi-plugin-frontmatter/core';
import {
  failureReason,
  judgeAll,
  nextLookAt,
  readSiteStatus,
  type SiteStatus,
  type Verdict,
  type Watched,
} from '../../../../core';
import type { Liveness } from '../../../../shared';
import { getConfig } from '../../config';
import { log } from '../foundation/log';
import { DELIVERY, type DeliveryRow, type HookRow } from '../../models';
import { getPublicationLog } from '../../plugin-id';
import { getClock } from '../foundation/clock';
import { getHookRows } from '../hooks/hook-rows';
import { getSender } from '../sending/sender';
import { serviceOf } from '../foundation/service-of';

type LiveColumns = Pick<DeliveryRow, 'live' | 'liveCheckAt' | 'liveChecks'>;
type WaitingRow = Pick<DeliveryRow, 'id' | 'hookId' | 'toSeq' | 'toToken' | 'endedAt'> &
  LiveColumns & { liveCheckAt: string };

/** Added to the longest request: by then, the asking process has recorded the result or ended. */
const CLAIM_MARGIN_MS = 10_000;

/**
 * Asks sites whether they show what they were notified of. An accepted delivery *waits*: its
 * `liveCheckAt` says when its site is asked next. The process that asks first postpones all that is
 * due for a hook, in one statement, so that no other asks as well. If it dies, they are due again.
 */
export function createLiveChecks({ strapi }: { strapi: Core.Strapi }) {
  const deliveries = () => strapi.db.query(DELIVERY.uid as UID.Schema);
  const hooks = () => getHookRows(strapi);
  const now = () => getClock(strapi).now();

  const findWaiting = (where: object = {}): Promise<WaitingRow[]> =>
    deliveries().findMany({
      select: [
        'id',
        'hookId',
        'toSeq',
        'toToken',
        'endedAt',
        'live',
        'liveCheckAt',
        'liveChecks',
      ] satisfies (keyof WaitingRow)[],
      where: { ...where, liveCheckAt: { $notNull: true } },
      orderBy: { id: 'asc' },
    }) as Promise<WaitingRow[]>;

  /** @returns What the rows are marked with; `undefined` if another process was first. */
  async function claim(hookId: number): Promise<string | undefined> {
    const at = now();
    const claimedMs = getConfig(strapi).requestTimeoutMs + CLAIM_MARGIN_MS;
    const until = new Date(at.getTime() + claimedMs).toISOString();
    const { count } = await deliveries().updateMany({
      where: { hookId, liveCheckAt: { $lte: at.toISOString() } },
      data: { liveCheckAt: until },
    });
    return count > 0 ? until : undefined;
  }

  async function ask(url: string, signal: AbortSignal): Promise<SiteStatus> {
    const { answer, response } = await getSender(strapi).read({ url, signal });
    if (answer.kind === 'answered') {
      return readSiteStatus({ status: answer.status, body: response ?? '' });
    }
    const reason = `the status URL cannot be read: ${failureReason(answer.failure)}`;
    return { kind: 'unreadable', reason };
  }

  /** Rejects a position that this database never had: it says nothing, however far it is. */
  async function check(status: SiteStatus, rows: readonly WaitingRow[]): Promise<SiteStatus> {
    if (status.kind === 'unreadable') return status;
    const { seq, token } = status.cursor;
    if (rows.some(({ toSeq, toToken }) => toSeq === seq && toToken === token)) return status;
    const options = { limit: 1, withData: false };
    if (await getPublicationLog(strapi).after(status.cursor, options)) return status;
    const reason = 'the site shows content of another CMS, or from before this one was restored';
    return { kind: 'unreadable', reason };
  }

  /** Writes columns only if nothing else about the delivery was written meanwhile. */
  async function note({ id, liveCheckAt }: WaitingRow, data: Partial<LiveColumns>): Promise<void> {
    await deliveries().updateMany({ where: { id, liveCheckAt }, data });
  }

  async function look(hookId: number, signal: AbortSignal): Promise<void> {
    const mark = await claim(hookId);
    if (!mark) return;
    const hook = await hooks().find(hookId);
    if (!hook?.statusUrl) {
      const live: Liveness = { kind: 'unknown', reason: 'the hook has no status URL any more' };
      for (const row of await findWaiting({ hookId })) await note(row, { live, liveCheckAt: null });
      return;
    }
    const answer = await ask(hook.statusUrl, signal);
    const rows = await findWaiting({ hookId });
    const asking = rows.findLast(({ liveCheckAt }) => liveCheckAt === mark);
    if (!asking) return; // the hook was deleted, or changed, meanwhile
    const status = await check(answer, rows);
    if (status.kind === 'shows') {
      const { seq: liveSeq } = status.cursor;
      const expected = { statusUrl: hook.statusUrl, liveSeq: { $lt: liveSeq } };
      await hooks().note(hookId, { liveSeq, buildFailure: null }, expected);
    }
    const timing = { now: now(), timeoutMs: getConfig(strapi).liveTimeoutMs };
    const verdicts = judgeAll(rows.map(watchedOf), asking.id, status, timing);
    for (const row of rows) {
      const verdict = verdicts.get(row.id);
      const columns = verdict && columnsOf(verdict, row, { status, now: timing.now });
      if (columns && columns.liveCheckAt !== row.liveCheckAt) await note(row, columns);
    }
  }

  return {
    /** Returns the columns of a delivery from the time when its site accepted it. */
    columnsOfTaken({ statusUrl }: Pick<HookRow, 'statusUrl'>, takenAt: Date): LiveColumns {
      if (!statusUrl) return { live: null, liveCheckAt: null, liveChecks: 0 };
      const timing = { now: takenAt, timeoutMs: getConfig(strapi).liveTimeoutMs };
      const at = nextLookAt({ takenAt, looks: 0 }, timing) ?? takenAt;
      return { live: { kind: 'waiting' }, liveCheckAt: at.toISOString(), liveChecks: 0 };
    },

    /**
     * Asks each site with a delivery that is due, once. Failures are logged, and are due again. May
     * be called again while it runs: what is being asked is not due.
     *
     * @param signal Aborts the requests; the next run asks again.
     * @returns When something is due next, if anything waits.
     */
    async run(signal: AbortSignal = new AbortController().signal): Promise<Date | undefined> {
      const at = now();
      const waiting = await findWaiting();
      const due = waiting.filter(({ liveCheckAt }) => new Date(liveCheckAt) <= at);
      if (due.length === 0) return firstOf(waiting);
      const lookLogged = (hookId: number): Promise<void> =>
        look(hookId, signal).catch((error: unknown) => {
          if (signal.aborted) return;
          const message = `could not record what the site of hook ${hookId} shows, asking again`;
          log(strapi, 'error', message, { error });
        });
      await Promise.all([...new Set(due.map(({ hookId }) => hookId))].map(lookLogged));
      return firstOf(await findWaiting());
    },
  };
}

const watchedOf = (row: WaitingRow): Watched => ({
  id: row.id,
  to: { seq: row.toSeq, token: row.toToken },
  takenAt: new Date(row.endedAt ?? row.liveCheckAt),
  looks: row.liveChecks,
  wasReadable: row.live?.kind === 'waiting' && row.live.shows !== undefined,
});

function columnsOf(
  verdict: Verdict,
  { live, liveChecks }: WaitingRow,
  { status, now }: { status: SiteStatus; now: Date }
): LiveColumns {
  // What the host said about the build says more than that the site does not show it yet.
  const reported = live?.kind === 'building' || live?.kind === 'failed' ? live : undefined;
  if (verdict.kind === 'look-again') {
    const waiting: Liveness | null =
      status.kind === 'shows' ? { kind: 'waiting', shows: formatCursor(status.cursor) } : live;
    return {
      live: reported ?? waiting,
      liveCheckAt: verdict.at.toISOString(),
      liveChecks: liveChecks + 1,
    };
  }
  const ended: Liveness =
    verdict.kind === 'live'
      ? { kind: 'live', at: now.toISOString() }
      : live?.kind === 'failed'
        ? live // which says why
        : verdict;
  return { live: ended, liveCheckAt: null, liveChecks: liveChecks + 1 };
}

function firstOf(rows: readonly WaitingRow[]): Date | undefined {
  const [first] = rows.map(({ liveCheckAt }) => liveCheckAt).sort();
  return first === undefined ? undefined : new Date(first);
}

export const getLiveChecks = serviceOf('live-checks', createLiveChecks);
