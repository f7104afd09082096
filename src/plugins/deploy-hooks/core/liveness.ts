import type { Cursor } from 'strapi-plugin-frontmatter/core';
import type { SiteStatus } from './site-status';

const SECOND_MS = 1_000;
/** A site built in seconds is found live in seconds; one that takes longer is asked less often. */
const FIRST_DELAY_MS = 5 * SECOND_MS;
const LONGEST_DELAY_MS = 60 * SECOND_MS;

/** A delivery that the site accepted, and whose content it may not show yet. */
export interface Watched {
  id: number;
  /** Position up to which the site was notified. */
  to: Cursor;
  takenAt: Date;
  /** How often the site has been asked about it. */
  looks: number;
  /** Whether any of these checks could read what the site shows. */
  wasReadable: boolean;
}

export interface LookTiming {
  now: Date;
  /** How long the site is checked, from the time when it accepted the message. */
  timeoutMs: number;
}

export type Verdict =
  | { kind: 'live' }
  | { kind: 'look-again'; at: Date }
  | { kind: 'not-live'; afterMs: number }
  | { kind: 'unknown'; reason: string };

/**
 * Returns what one check means for all waiting deliveries of a hook.
 *
 * @param watched In the order of their messages.
 * @param askingId The delivery for which the site was asked. Older ones wait with it: they get one
 *   more check of their own, when their time is over. Newer ones are left out unless they are live:
 *   their own turn comes.
 */
export function judgeAll(
  watched: readonly Watched[],
  askingId: number,
  status: SiteStatus,
  timing: LookTiming
): Map<number, Verdict> {
  // What was read for a newer delivery was read while the older ones were waiting, too.
  const readableId = watched.findLast(({ wasReadable }) => wasReadable)?.id ?? -Infinity;
  const verdicts = watched.map((one): [number, Verdict] => {
    const verdict = judge({ ...one, wasReadable: one.id <= readableId }, status, timing);
    const isOlder = one.id < askingId;
    return verdict.kind === 'look-again' && isOlder
      ? [one.id, { ...verdict, at: lastLookAt(one, timing) }]
      : [one.id, verdict];
  });
  return new Map(verdicts.filter(([id, { kind }]) => id <= askingId || kind === 'live'));
}

/** Returns what one check means for the delivery for which the site was asked. */
export function judge(watched: Watched, status: SiteStatus, timing: LookTiming): Verdict {
  const { to, takenAt, looks, wasReadable } = watched;
  if (status.kind === 'shows' && status.cursor.seq >= to.seq) return { kind: 'live' };
  const at = nextLookAt({ takenAt, looks: looks + 1 }, timing);
  if (at) return { kind: 'look-again', at };
  return status.kind === 'shows' || wasReadable
    ? { kind: 'not-live', afterMs: timing.now.getTime() - takenAt.getTime() }
    : { kind: 'unknown', reason: status.reason };
}

/** @returns `undefined` once the time is over. */
export function nextLookAt(
  { takenAt, looks }: Pick<Watched, 'takenAt' | 'looks'>,
  timing: LookTiming
): Date | undefined {
  const last = lastLookAt({ takenAt }, timing);
  if (timing.now >= last) return undefined;
  const delay = Math.min(FIRST_DELAY_MS * 2 ** looks, LONGEST_DELAY_MS);
  return new Date(Math.min(timing.now.getTime() + delay, last.getTime()));
}

/** When the site is checked for the last time, whatever it shows. */
const lastLookAt = (
  { takenAt }: Pick<Watched, 'takenAt'>,
  { timeoutMs }: Pick<LookTiming, 'timeoutMs'>
): Date => new Date(takenAt.getTime() + timeoutMs);
