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

/** A site built by a host cannot ask for what it missed, so it is notified again soon. */
const LONGEST_BUILD_DELAY_MS = 5 * MINUTE_MS;

/** Largest random share added to a delay: hooks that failed together must not retry together. */
const JITTER = 0.2;

export interface FailedSend {
  preset: Preset;
  /** Attempts to send the message so far, at least one. */
  attempts: number;
  /** When the last attempt ended. */
  now: Date;
  /** In a row, across all messages of the hook, including the last one. */
  failures: number;
  /** Since when no message of the hook has been accepted. */
  failingSince: Date;
  /** The site asked not to be contacted before then. */
  notBefore?: Date | undefined;
  retryDelaysMs: readonly number[];
  /** At least 0, below 1. */
  random: number;
}

/**
 * @returns When to try again; `undefined` if the hook has failed for as long, and as often, as the
 *   whole schedule. New messages restart the waits, but do not make the schedule longer.
 */
export function nextAttemptAt(failed: FailedSend): Date | undefined {
  const { preset, attempts, now, notBefore, retryDelaysMs, random } = failed;
  if (isExhausted(failed)) return undefined;
  const scheduled = retryDelaysMs[Math.min(attempts, retryDelaysMs.length) - 1] ?? 0;
  const delay = preset === 'generic' ? scheduled : Math.min(scheduled, LONGEST_BUILD_DELAY_MS);
  const at = new Date(now.getTime() + delay * (1 + JITTER * random));
  return notBefore && notBefore > at ? notBefore : at;
}

/** Time alone is not enough: a CMS that was off over a weekend has not tried for that long. */
function isExhausted({ now, failures, failingSince, retryDelaysMs }: FailedSend): boolean {
  const patienceMs = retryDelaysMs.reduce((sum, delay) => sum + delay, 0);
  return failures > retryDelaysMs.length && now.getTime() - failingSince.getTime() >= patienceMs;
}
