import { nextStep, type DeliveryPlanInput } from './schedule';

/**
 * What a site is about to get, or why it gets nothing. Moments as ISO 8601; `changes` counts slugs,
 * none where the site is to read everything, or is told by hand.
 */
export type HookState =
  | { kind: 'up-to-date' }
  /** `at`: when they are sent. */
  | { kind: 'waiting'; changes: number; at: string }
  | { kind: 'sending'; changes: number }
  | { kind: 'failing'; changes: number; failures: number; reason: string; nextAttemptAt: string }
  | { kind: 'paused'; changes: number; reason: string; since: string }
  | { kind: 'disabled' };

/** What is noted of a hook, as far as its state depends on it. Moments as ISO 8601. */
export interface DispatchState {
  isEnabled: boolean;
  pausedReason: string | null;
  pausedAt: string | null;
  openId: number | null;
  leaseOwner: string | null;
  failures: number;
  failureReason: string | null;
}

/** What a hook is to be told. */
export interface PendingSummary {
  /** Slugs that changed since its cursor. */
  changes: number;
  input: DeliveryPlanInput;
}

/**
 * @param summary Nothing where the database does not know the hook's cursor, so that the site is
 *   told to start over as soon as the hook is looked at.
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
  // A lease is taken for sending, and given back after it, or taken over by who sends it again.
  if (notes.openId !== null && notes.leaseOwner !== null) return { kind: 'sending', changes };
  const step = summary && nextStep(summary.input);
  if (step?.kind === 'rest') return { kind: 'up-to-date' };
  const at = (step?.at ?? now).toISOString();
  if (failures === 0) return { kind: 'waiting', changes, at };
  return { kind: 'failing', changes, failures, reason: failureReason ?? '', nextAttemptAt: at };
}
