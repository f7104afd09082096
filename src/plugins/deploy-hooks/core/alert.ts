/** What is looked at of a hook to say whether an operator has to know of it. */
export interface WatchedHook {
  isEnabled: boolean;
  /** In a row. */
  failures: number;
  failingSince?: Date | undefined;
  failureReason?: string | undefined;
  /** Of a hook that is not told until somebody resumes it. */
  paused?: { reason: string; since: Date; byOperator: boolean } | undefined;
  /** Of the newest build, if it failed. */
  buildFailed?: { reason: string; since: Date } | undefined;
  /** When the oldest change was published that the site was not told. */
  pendingSince?: Date | undefined;
  /** How long a change may wait for others before the site is told, in milliseconds. */
  maxWaitMs: number;
}

export interface AlertLimits {
  /** In a row. */
  afterFailures: number;
  /** Beyond the time that changes wait for others, in milliseconds. */
  afterMs: number;
}

/** Why an operator has to know. */
export type AlertCause =
  /** It was tried in vain so often that it is tried no more. */
  | { kind: 'paused'; reason: string; since: Date }
  | { kind: 'failing'; failures: number; reason: string; since: Date }
  /** The site was notified, and its host could not build it. */
  | { kind: 'build-failed'; reason: string; since: Date }
  /** Nothing failed that is known of, and yet changes wait for too long. */
  | { kind: 'behind'; since: Date };

/** @returns Nothing where all is well, or as an operator wants it. */
export function alertCause(
  hook: WatchedHook,
  now: Date,
  { afterFailures, afterMs }: AlertLimits
): AlertCause | undefined {
  const { buildFailed, failures, paused, pendingSince } = hook;
  if (!hook.isEnabled || paused?.byOperator) return undefined;
  if (paused) {
    return { kind: 'paused', reason: paused.reason, since: hook.failingSince ?? paused.since };
  }
  if (failures >= afterFailures) {
    const { failureReason: reason = 'the reason is not known', failingSince: since = now } = hook;
    return { kind: 'failing', failures, reason, since };
  }
  if (buildFailed) return { kind: 'build-failed', ...buildFailed };
  if (pendingSince && now.getTime() - pendingSince.getTime() >= hook.maxWaitMs + afterMs) {
    return { kind: 'behind', since: pendingSince };
  }
  return undefined;
}

/**
 * Whether the trouble that operators were notified of has ended although the site took no message:
 * an operator stopped the hook, or what is wrong or waits now began later.
 */
export function hasEnded(hook: WatchedHook, alertedAt: Date): boolean {
  const { buildFailed, isEnabled, paused, failingSince, pendingSince } = hook;
  if (!isEnabled || paused?.byOperator) return true;
  return [paused?.since, failingSince, buildFailed?.since, pendingSince].every(
    (since) => !since || since > alertedAt
  );
}

/** From what may end by itself to what does not. */
const SEVERITY = { 'build-failed': 1, behind: 2, failing: 2, paused: 3 } as const;

/**
 * Whether to alert operators: once per incident, and again when it gets worse, such as when the site is
 * given up.
 *
 * @param told What they were told last.
 */
export const shouldAlert = ({ kind }: AlertCause, told: AlertCause['kind'] | null): boolean =>
  told === null || SEVERITY[kind] > SEVERITY[told];

/** One sentence for operators: what happens to the site, why, and what to do. */
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
