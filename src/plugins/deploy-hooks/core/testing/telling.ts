import { nextStep, type OpenMessage } from '../schedule';
import type { Timing } from '../hook';

/** A message that was made, and tells of the changes from one number to before another. */
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
  /** Moments of publications, in milliseconds, rising. */
  published: readonly number[];
  /** Whether the site takes the attempt of that number; it takes all that are not told. */
  isTaken?: (attempt: number) => boolean;
  /** How long an answer takes. @default 0 */
  answerMs?: number;
  /** From the end of an attempt to the next one of the same message. @default 60,000 */
  retryMs?: (attempts: number) => number;
}

const MINUTE_MS = 60_000;
const toDate = (ms: number): Date => new Date(ms);

/** Does what `nextStep` says until nothing is left to do; gives all messages that were made. */
export function tell(course: Course): MadeMessage[] {
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
    const untold = arrived.slice(open?.to ?? cursor);
    const [first, last] = [untold[0], untold.at(-1)];
    const step = nextStep({
      timing,
      untold:
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
