import type { Preset } from './hook';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** The example schedule of Standard Webhooks: the waits between ten attempts, three days in all. */
export const DEFAULT_RETRY_DELAYS_MS = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
] as const;

/** A site that a host builds has nothing of its own to ask what it missed: it is told soon again. */
const LONGEST_BUILD_DELAY_MS = 5 * MINUTE_MS;

/** Hooks that failed together must not come back together: up to so much later. */
const JITTER = 0.2;

export interface FailedSend {
  preset: Preset;
  /** Attempts of the message so far, at least one. */
  attempts: number;
  /** When the last one ended. */
  now: Date;
  /** In a row, over all messages of the hook, the last one included. */
  failures: number;
  /** Since when no message of the hook was taken any more. */
  failingSince: Date;
  /** The site asked to be left alone until then. */
  notBefore?: Date | undefined;
  retryDelaysMs: readonly number[];
  /** At least 0, below 1. */
  random: number;
}

/**
 * @returns When to try again; nothing if the hook has failed for as long, and as often, as the
 *   whole schedule. New messages begin the waits anew, and do not make the schedule longer.
 */
export function nextAttemptAt(failed: FailedSend): Date | undefined {
  const { preset, attempts, now, notBefore, retryDelaysMs, random } = failed;
  if (isExhausted(failed)) return undefined;
  const scheduled = retryDelaysMs[Math.min(attempts, retryDelaysMs.length) - 1] ?? 0;
  const delay = preset === 'generic' ? scheduled : Math.min(scheduled, LONGEST_BUILD_DELAY_MS);
  const at = new Date(now.getTime() + delay * (1 + JITTER * random));
  return notBefore && notBefore > at ? notBefore : at;
}

/** A CMS that was switched off over a weekend has not tried for that long: time alone is not enough. */
function isExhausted({ now, failures, failingSince, retryDelaysMs }: FailedSend): boolean {
  const patienceMs = retryDelaysMs.reduce((sum, delay) => sum + delay, 0);
  return failures > retryDelaysMs.length && now.getTime() - failingSince.getTime() >= patienceMs;
}
