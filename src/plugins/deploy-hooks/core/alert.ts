import { PAUSED_BY_OPERATOR } from './hook';

/** The state of a hook that decides whether operators are alerted. Times as ISO 8601. */
export interface WatchedHook {
  isEnabled: boolean;
  /** In a row. */
  failures: number;
  failingSince: string | null;
  failureReason: string | null;
  /** Set if the hook is not notified until someone resumes it. */
  pausedReason: string | null;
  pausedAt: string | null;
  /** The newest build, if it failed. */
  buildFailure: { at: string; reason: string; logUrl?: string } | null;
  /** When the oldest change was published that the site was not notified of. */
  pendingSince?: Date | undefined;
  /** How long a change may wait for others before the site is notified, in milliseconds. */
  maxWaitMs: number;
}

export interface AlertLimits {
  /** In a row. */
  afterFailures: number;
  /** Added to the time that changes wait for others, in milliseconds. */
  afterMs: number;
}

const UNKNOWN_REASON = 'the reason is not known';

/** Why operators are alerted. */
export type AlertCause =
  /** Nothing is sent any longer: retries were used up, or the site rejected a message for good. */
  | { kind: 'paused'; reason: string; since: Date }
  | { kind: 'failing'; failures: number; reason: string; since: Date }
  /** The site was notified, and its host could not build it. */
  | { kind: 'build-failed'; reason: string; since: Date }
  /** Nothing is known to have failed, yet changes have waited too long. */
  | { kind: 'behind'; since: Date };

/** @returns `undefined` if all is well, or if an operator stopped the hook. */
export function alertCause(
  hook: WatchedHook,
  now: Date,
  { afterFailures, afterMs }: AlertLimits
): AlertCause | undefined {
  const { buildFailure, failures, failingSince, pausedAt, pendingSince } = hook;
  if (isStopped(hook)) return undefined;
  if (pausedAt) {
    const reason = hook.pausedReason ?? UNKNOWN_REASON;
    return { kind: 'paused', reason, since: new Date(failingSince ?? pausedAt) };
  }
  if (failures >= afterFailures) {
    const reason = hook.failureReason ?? UNKNOWN_REASON;
    return { kind: 'failing', failures, reason, since: new Date(failingSince ?? now) };
  }
  if (buildFailure) {
    const { at, logUrl, reason } = buildFailure;
    const linked = logUrl === undefined ? reason : `${reason} (${logUrl})`;
    return { kind: 'build-failed', reason: linked, since: new Date(at) };
  }
  if (pendingSince && now.getTime() - pendingSince.getTime() >= hook.maxWaitMs + afterMs) {
    return { kind: 'behind', since: pendingSince };
  }
  return undefined;
}

/**
 * Whether the trouble that operators were alerted to has ended although the site accepted no
 * message: an operator stopped the hook, or whatever is wrong or waiting now began later.
 */
export function hasEnded(hook: WatchedHook, alertedAt: Date): boolean {
  const { buildFailure, failingSince, pausedAt, pendingSince } = hook;
  if (isStopped(hook)) return true;
  return [pausedAt, failingSince, buildFailure?.at, pendingSince].every(
    (since) => !since || new Date(since) > alertedAt
  );
}

/** Whether an operator stopped the hook. */
const isStopped = ({ isEnabled, pausedReason }: WatchedHook): boolean =>
  !isEnabled || pausedReason === PAUSED_BY_OPERATOR;

/** Rises from trouble that may end by itself to trouble that does not. */
const SEVERITY = { 'build-failed': 1, behind: 2, failing: 2, paused: 3 } as const;

/**
 * Whether to alert operators: once per incident, and again if it gets worse, e.g. when paused.
 *
 * @param alerted The cause of the last alert.
 */
export const shouldAlert = ({ kind }: AlertCause, alerted: AlertCause['kind'] | null): boolean =>
  alerted === null || SEVERITY[kind] > SEVERITY[alerted];

/** Returns one sentence for operators: what happens to the site, why, and what to do. */
export function describeAlert(name: string, cause: AlertCause): string {
  const site = `the site '${name}'`;
  const since = `since ${cause.since.toISOString()}`;
  switch (cause.kind) {
    case 'paused':
      return `${site} is no longer notified: ${cause.reason} (${since}): fix the cause, then resume the hook`;
    case 'failing':
      return `${site} could not be notified ${cause.failures} times in a row, ${since}: ${cause.reason}: it is tried again, look at its deliveries`;
    case 'build-failed':
      return `the build of ${site} failed ${since}: ${cause.reason}: fix it, then deploy again`;
    case 'behind':
      return `${site} was not notified of changes that wait ${since}: look at its deliveries`;
  }
}
