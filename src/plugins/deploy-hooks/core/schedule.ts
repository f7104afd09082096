import type { Timing } from './hook';
import type { Pending } from './pending';

/** A message that was made and has not reached the site yet. */
export interface OpenMessage {
  madeAt: Date;
  /** When it is tried next; absent before its first try. */
  nextAttemptAt?: Date | undefined;
  /** The hook was changed since: it is about something else now, or goes to another address. */
  isOutdated?: boolean;
}

export interface DeliveryPlanInput {
  timing: Timing;
  /** Changes that no message tells of yet: since the open message, if there is one, else since the cursor. */
  untold: Pending['during'];
  open?: OpenMessage | undefined;
  /** The site asked to be left alone until then (`Retry-After`). */
  notBefore?: Date | undefined;
  /** Since when an operator wants the site to be told at once, whether or not anything is pending. */
  wantedAt?: Date | undefined;
}

/** What is to be done for a hook, and from which moment on. */
export type NextStep =
  | { kind: 'rest' }
  /** Make a message of all that is pending, and send it. */
  | { kind: 'tell'; at: Date }
  /** Send the open message, the first time or again, unchanged. */
  | { kind: 'send'; at: Date }
  /** Close the open message, which failed so far, and tell what it told together with what came since. */
  | { kind: 'supersede'; at: Date };

/**
 * Changes are collected until none came for the quiet period, at most for the longest wait. While
 * a message is being retried, new changes wait as long, and for the longest wait since that message
 * was made: a site that fails is not sent a new message for each save.
 *
 * The open message itself is never changed: it goes on to be tried as it is until then.
 */
export function nextStep(input: DeliveryPlanInput): NextStep {
  const { timing, untold, open, notBefore, wantedAt } = input;
  if (open?.isOutdated) return { kind: 'supersede', at: wantedAt ?? open.madeAt };
  if (wantedAt) return { kind: !open ? 'tell' : untold ? 'supersede' : 'send', at: wantedAt };
  const settledAt = untold && collectedAt(timing, untold);
  if (!open) {
    return settledAt ? { kind: 'tell', at: latest(settledAt, notBefore) } : { kind: 'rest' };
  }
  const send: NextStep = {
    kind: 'send',
    at: latest(open.nextAttemptAt ?? open.madeAt, notBefore),
  };
  if (!settledAt) return send;
  const at = latest(settledAt, later(open.madeAt, timing.maxWaitMs), notBefore);
  return at < send.at ? { kind: 'supersede', at } : send;
}

const collectedAt = (
  { quietPeriodMs, maxWaitMs }: Timing,
  { firstAt, lastAt }: NonNullable<Pending['during']>
): Date => earliest(later(lastAt, quietPeriodMs), later(firstAt, maxWaitMs));

const later = (date: Date, ms: number): Date => new Date(date.getTime() + ms);
const earliest = (one: Date, other: Date): Date => (one < other ? one : other);
const latest = (first: Date, ...others: (Date | undefined)[]): Date =>
  others.reduce<Date>((found, date) => (date && date > found ? date : found), first);
