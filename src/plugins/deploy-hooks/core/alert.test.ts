import {
  alertCause,
  describeAlert,
  hasEnded,
  shouldAlert,
  type AlertCause,
  type WatchedHook,
} from './alert';
import { PAUSED_BY_OPERATOR } from './hook';

const MINUTE_MS = 60_000;
const LIMITS = { afterFailures: 3, afterMs: 15 * MINUTE_MS };
const NOW = new Date('2026-03-01T12:00:00Z');
const SINCE = new Date('2026-03-01T11:58:00Z');

const before = (ms: number): Date => new Date(NOW.getTime() - ms);
const buildHook = (overrides: Partial<WatchedHook>): WatchedHook => ({
  isEnabled: true,
  failures: 0,
  failingSince: null,
  failureReason: null,
  pausedReason: null,
  pausedAt: null,
  buildFailure: null,
  maxWaitMs: MINUTE_MS,
  ...overrides,
});
const causeOf = (overrides: Partial<WatchedHook>): AlertCause | undefined =>
  alertCause(buildHook(overrides), NOW, LIMITS);
const failing = (failures: number) => ({
  failures,
  failingSince: SINCE.toISOString(),
  failureReason: 'it answered 503',
});
const paused = { pausedReason: 'it answered 404', pausedAt: SINCE.toISOString() };
const pausedByOperator = { ...paused, pausedReason: PAUSED_BY_OPERATOR };

test('does not alert about a site that is up to date', () => {
  expect(causeOf({})).toBeUndefined();
});

test.each([
  [2, undefined],
  [3, { kind: 'failing', failures: 3, reason: 'it answered 503', since: SINCE }],
  [4, { kind: 'failing', failures: 4, reason: 'it answered 503', since: SINCE }],
])('alerts about failures in a row from the limit on: %d', (failures, cause) => {
  expect(causeOf(failing(failures))).toEqual(cause);
});

test.each([
  [16 * MINUTE_MS - 1, undefined],
  [16 * MINUTE_MS, { kind: 'behind', since: before(16 * MINUTE_MS) }],
])(
  'alerts about a waiting change from the limit on, added to the longest wait of the hook: %d ms',
  (ms, cause) => {
    expect(causeOf({ pendingSince: before(ms) })).toEqual(cause);
  }
);

test('alerts at once about a paused hook, since its first failure', () => {
  expect(causeOf({ ...failing(1), ...paused })).toEqual({
    kind: 'paused',
    reason: 'it answered 404',
    since: SINCE,
  });
});

test('does not alert about a hook that an operator stopped, however much waits', () => {
  const behind = { ...failing(3), pendingSince: before(60 * MINUTE_MS) };

  expect(causeOf({ ...behind, ...pausedByOperator })).toBeUndefined();
  expect(causeOf({ ...behind, isEnabled: false, ...paused })).toBeUndefined();
});

test.each<[AlertCause['kind'], AlertCause['kind'] | null, boolean]>([
  ['behind', null, true],
  ['failing', null, true],
  ['paused', null, true],
  ['failing', 'behind', false],
  ['behind', 'failing', false],
  ['paused', 'failing', true],
  ['paused', 'behind', true],
  ['paused', 'paused', false],
])('whether to alert about %s after an alert about %s: %s', (kind, alerted, isExpected) => {
  const cause = { kind, since: SINCE, reason: 'it answered 503', failures: 3 };

  expect(shouldAlert(cause, alerted)).toBe(isExpected);
});

describe('the trouble that operators were alerted to', () => {
  const [ALERTED, LATER] = [NOW, new Date(NOW.getTime() + MINUTE_MS)];
  const ended = (overrides: Partial<WatchedHook>): boolean =>
    hasEnded(buildHook(overrides), ALERTED);

  test.each<[string, Partial<WatchedHook>]>([
    ['nothing is wrong any more', {}],
    ['a change waits that was published later', { pendingSince: LATER }],
    ['failures began later', { failures: 1, failingSince: LATER.toISOString() }],
    ['the hook is disabled', { isEnabled: false, ...failing(3), pendingSince: SINCE }],
    ['an operator paused it', { ...failing(3), ...pausedByOperator }],
  ])('has ended if %s', (_name, hook) => {
    expect(ended(hook)).toBe(true);
  });

  test.each<[string, Partial<WatchedHook>]>([
    ['a change still waits', { pendingSince: SINCE }],
    [
      'a change still waits, although failures began later',
      { failingSince: LATER.toISOString(), pendingSince: SINCE },
    ],
    ['failures go on', failing(1)],
    ['the hook was paused for them', { ...failing(3), ...paused, pausedAt: LATER.toISOString() }],
  ])('goes on if %s', (_name, hook) => {
    expect(ended(hook)).toBe(false);
  });
});

test.each<[AlertCause, RegExp]>([
  [{ kind: 'paused', reason: 'it answered 404', since: SINCE }, /it answered 404.*resume/],
  [{ kind: 'failing', failures: 3, reason: 'it answered 503', since: SINCE }, /3 times.*503/],
  [{ kind: 'behind', since: SINCE }, /changes that wait/],
])('an alert says which site, since when, why and what to do: %j', (cause, words) => {
  const text = describeAlert('docs', cause);

  expect(text).toContain("the site 'docs'");
  expect(text).toContain('since 2026-03-01T11:58:00.000Z');
  expect(text).toMatch(words);
});
