import type { Timing } from './hook';
import type { Pending } from './pending';

/** A message that was created and has not reached the site yet. */
export interface OpenMessage {
  madeAt: Date;
  /** When it is sent next; absent before the first attempt. */
  nextAttemptAt?: Date | undefined;
  /** The hook was edited since: the message would be about something else, or go elsewhere. */
  isOutdated?: boolean;
}

export interface DeliveryPlanInput {
  timing: Timing;
  /** Changes in no message yet: since the open message, if any, otherwise since the cursor. */
  unsent: Pending['during'];
  open?: OpenMessage | undefined;
  /** The site asked not to be contacted before then (`Retry-After`). */
  notBefore?: Date | undefined;
  /** When an operator asked to notify the site at once, whether or not anything is pending. */
  wantedAt?: Date | undefined;
}

/** What to do next for a hook, and when. */
export type NextStep =
  | { kind: 'rest' }
  /** Create a message of all that is pending, and send it. */
  | { kind: 'create'; at: Date }
  /** Send the open message unchanged, for the first time or again. */
  | { kind: 'send'; at: Date }
  /** Close the open message, which has not been accepted, and send its changes with newer ones. */
  | { kind: 'supersede'; at: Date };

/**
 * Returns what to do next. Changes are collected until none has arrived for the quiet period, at
 * most for the longest wait. While a message is being retried, new changes wait in the same way,
 * and for the longest wait since that message was created: a site that fails is not sent a new
 * message for each save.
 *
 * The open message itself is never changed: until then, it is retried as it is.
 */
export function nextStep(input: DeliveryPlanInput): NextStep {
  const { timing, unsent, open, notBefore, wantedAt } = input;
  if (open?.isOutdated) return { kind: 'supersede', at: wantedAt ?? open.madeAt };
  if (wantedAt) return { kind: !open ? 'create' : unsent ? 'supersede' : 'send', at: wantedAt };
  const settledAt = unsent && collectedAt(timing, unsent);
  if (!open) {
    return settledAt ? { kind: 'create', at: latest(settledAt, notBefore) } : { kind: 'rest' };
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
