import { nextStep, type DeliveryPlanInput } from './schedule';

/**
 * What a site is about to receive, or why it receives nothing. Times as ISO 8601. `changes` counts
 * slugs; it is 0 if the site has to read everything, or is notified by hand.
 */
export type HookState =
  | { kind: 'up-to-date' }
  /** `at`: when they are sent. */
  | { kind: 'waiting'; changes: number; at: string }
  | { kind: 'sending'; changes: number }
  | { kind: 'failing'; changes: number; failures: number; reason: string; nextAttemptAt: string }
  | { kind: 'paused'; changes: number; reason: string; since: string }
  | { kind: 'disabled' };

/** The columns of a hook that its state depends on. Times as ISO 8601. */
export interface DispatchState {
  isEnabled: boolean;
  pausedReason: string | null;
  pausedAt: string | null;
  openId: number | null;
  leaseOwner: string | null;
  failures: number;
  failureReason: string | null;
}

/** What a hook has to be notified of. */
export interface PendingSummary {
  /** Slugs that changed since its cursor. */
  changes: number;
  input: DeliveryPlanInput;
}

/**
 * @param summary `undefined` if the database does not know the hook's cursor, so that the site is
 *   asked to start over as soon as the hook is processed.
 */
export function hookState(
  notes: DispatchState,
  summary: PendingSummary | undefined,
  now: Date
): HookState {
  const { isEnabled, pausedReason, pausedAt, failures, failureReason } = notes;
  const changes = summary?.changes ?? 0;
  if (!isEnabled) return { kind: 'disabled' };
  if (pausedReason !== null) {
    return { kind: 'paused', changes, reason: pausedReason, since: pausedAt ?? now.toISOString() };
  }
  // A lease is held only while sending: it is released after that, or taken over to send again.
  if (notes.openId !== null && notes.leaseOwner !== null) return { kind: 'sending', changes };
  const step = summary && nextStep(summary.input);
  if (step?.kind === 'rest') return { kind: 'up-to-date' };
  const at = (step?.at ?? now).toISOString();
  if (failures === 0) return { kind: 'waiting', changes, at };
  return { kind: 'failing', changes, failures, reason: failureReason ?? '', nextAttemptAt: at };
}
