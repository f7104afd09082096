import type { DeliveryPlanInput } from './schedule';
import { hookState, type DispatchState, type PendingSummary } from './state';

const NOW = new Date('2026-11-23T12:00:00.000Z');
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const at = (ms: number): Date => new Date(NOW.getTime() + ms);
const after = (ms: number): string => at(ms).toISOString();

const notes = (given: Partial<DispatchState> = {}): DispatchState => ({
  isEnabled: true,
  pausedReason: null,
  pausedAt: null,
  openId: null,
  leaseOwner: null,
  failures: 0,
  failureReason: null,
  ...given,
});

const summary = (changes: number, input: Partial<DeliveryPlanInput> = {}): PendingSummary => ({
  changes,
  input: {
    timing: { quietPeriodMs: 5 * SECOND_MS, maxWaitMs: MINUTE_MS },
    unsent: undefined,
    ...input,
  },
});

const UNSENT = { firstAt: at(-3 * SECOND_MS), lastAt: at(-SECOND_MS) };
const SENT = { openId: 3, leaseOwner: 'a process' };

test('a hook with nothing pending is up to date, even after failures', () => {
  expect(hookState(notes(), summary(0), NOW)).toEqual({ kind: 'up-to-date' });
  expect(hookState(notes({ failures: 2 }), summary(0), NOW)).toEqual({ kind: 'up-to-date' });
});

test('changes wait for the quiet period after the last of them', () => {
  expect(hookState(notes(), summary(3, { unsent: UNSENT }), NOW)).toEqual({
    kind: 'waiting',
    changes: 3,
    at: after(4 * SECOND_MS),
  });
});

test('a position that the database does not know makes the site start over now', () => {
  expect(hookState(notes(), undefined, NOW)).toEqual({ kind: 'waiting', changes: 0, at: after(0) });
});

test('a lease on an open message means that it is being sent, or sent again after a takeover', () => {
  const open = { madeAt: at(-SECOND_MS) };

  expect(hookState(notes(SENT), summary(1, { open }), NOW)).toEqual({
    kind: 'sending',
    changes: 1,
  });
});

test('a lease for a test does not mean that changes are being sent', () => {
  const tested = notes({ ...SENT, openId: null });

  expect(hookState(tested, summary(0), NOW)).toEqual({ kind: 'up-to-date' });
});

test('a message that was not accepted fails, and is tried again', () => {
  const failed = notes({ openId: 3, failures: 2, failureReason: 'answered 503' });
  const open = { madeAt: at(-10 * MINUTE_MS), nextAttemptAt: at(4 * MINUTE_MS) };

  expect(hookState(failed, summary(1, { open }), NOW)).toEqual({
    kind: 'failing',
    changes: 1,
    failures: 2,
    reason: 'answered 503',
    nextAttemptAt: after(4 * MINUTE_MS),
  });
  expect(hookState(failed, summary(2, { open, unsent: UNSENT }), NOW)).toMatchObject({
    nextAttemptAt: after(4 * SECOND_MS),
  });
});

test('a paused hook says why, since when, and how many changes wait', () => {
  const paused = notes({ pausedAt: after(-MINUTE_MS), pausedReason: 'answered 404', failures: 1 });

  expect(hookState(paused, summary(1, { unsent: UNSENT }), NOW)).toEqual({
    kind: 'paused',
    changes: 1,
    reason: 'answered 404',
    since: after(-MINUTE_MS),
  });
});

test('a disabled hook is disabled, whatever else applies', () => {
  const disabled = notes({ isEnabled: false, pausedAt: after(0), pausedReason: 'answered 404' });

  expect(hookState(disabled, summary(1, { unsent: UNSENT }), NOW)).toEqual({ kind: 'disabled' });
});
