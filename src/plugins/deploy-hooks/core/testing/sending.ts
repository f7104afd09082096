import { nextStep, type OpenMessage } from '../schedule';
import type { Timing } from '../hook';

/** A created message: it covers the changes from number `from` up to, but not including, `to`. */
export interface MadeMessage {
  from: number;
  to: number;
  madeAt: number;
  /** When each attempt began. */
  sentAt: number[];
  end: 'open' | 'delivered' | 'superseded';
}

export interface Course {
  timing: Timing;
  /** Times of publications in milliseconds, ascending. */
  published: readonly number[];
  /** Whether the site accepts the attempt with this number; by default, it accepts all. */
  isTaken?: (attempt: number) => boolean;
  /** How long an answer takes. @default 0 */
  answerMs?: number;
  /** From the end of an attempt to the next one of the same message. @default 60,000 */
  retryMs?: (attempts: number) => number;
}

const MINUTE_MS = 60_000;
const toDate = (ms: number): Date => new Date(ms);

/** Does what `nextStep` says until nothing is left to do; returns all messages created. */
export function sendAll(course: Course): MadeMessage[] {
  const { timing, published, isTaken = () => true, answerMs = 0 } = course;
  const { retryMs = () => MINUTE_MS } = course;
  const made: MadeMessage[] = [];
  let [now, cursor, attempts] = [0, 0, 0];
  let open: (MadeMessage & { next?: number }) | undefined;

  const make = (to: number): void => {
    open = { from: cursor, to, madeAt: now, sentAt: [], end: 'open' };
    made.push(open);
  };
  const send = (message: MadeMessage & { next?: number }): void => {
    message.sentAt.push(now);
    attempts += 1;
    now += answerMs;
    if (!isTaken(attempts)) {
      message.next = now + retryMs(message.sentAt.length);
      return;
    }
    message.end = 'delivered';
    cursor = message.to;
    open = undefined;
  };

  for (;;) {
    const arrived = published.filter((at) => at <= now);
    const unsent = arrived.slice(open?.to ?? cursor);
    const [first, last] = [unsent[0], unsent.at(-1)];
    const step = nextStep({
      timing,
      unsent:
        first === undefined || last === undefined
          ? undefined
          : { firstAt: toDate(first), lastAt: toDate(last) },
      open: open && openMessageOf(open),
    });
    const due = step.kind === 'rest' ? Infinity : Math.max(step.at.getTime(), now);
    const nextPublished = published[arrived.length] ?? Infinity;
    if (due === Infinity && nextPublished === Infinity) return made;
    now = Math.min(due, nextPublished);
    if (nextPublished <= due) continue;
    if (step.kind === 'supersede' && open) open.end = 'superseded';
    if (step.kind !== 'send') make(arrived.length);
    if (open) send(open);
  }
}

const openMessageOf = ({ madeAt, next }: MadeMessage & { next?: number }): OpenMessage => ({
  madeAt: toDate(madeAt),
  nextAttemptAt: next === undefined ? undefined : toDate(next),
});
