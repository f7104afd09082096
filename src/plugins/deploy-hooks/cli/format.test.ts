import type { HookState } from '../core';
import type { Delivery, Liveness } from '../shared';
import { lineOfDelivery, stateInWords } from './format';

const NOW = new Date('2026-11-23T12:00:00.000Z');
const after = (ms: number): string => new Date(NOW.getTime() + ms).toISOString();

test.each<[HookState, string]>([
  [{ kind: 'up-to-date' }, 'up to date'],
  [{ kind: 'waiting', changes: 1, at: after(3_200) }, '1 change waiting, sent in 4 s'],
  [{ kind: 'waiting', changes: 0, at: after(-1) }, 'sent now'],
  [{ kind: 'sending', changes: 1_200 }, 'sending 1,200 changes'],
  [
    {
      kind: 'failing',
      changes: 3,
      failures: 2,
      reason: 'answered 503',
      nextAttemptAt: after(200_000),
    },
    'failing (2 in a row), 3 changes waiting, next try in 4 min: answered 503',
  ],
  [
    {
      kind: 'failing',
      changes: 3,
      failures: 7,
      reason: 'it timed out',
      nextAttemptAt: after(7_000_000),
    },
    'failing (7 in a row), 3 changes waiting, next try in 2 h: it timed out',
  ],
  [
    { kind: 'paused', changes: 1, reason: 'answered 404', since: after(-60_000) },
    'paused since 2026-11-23 11:59 UTC, 1 change waiting: answered 404',
  ],
  [{ kind: 'disabled' }, 'disabled'],
])('describes a state in words', (state, expected) => {
  expect(stateInWords(state, NOW)).toBe(expected);
});

const delivery: Delivery = {
  id: 7,
  hook: { id: 1, name: 'docs' },
  messageId: 'msg_1',
  kind: 'changes',
  state: 'delivered',
  from: '0',
  to: '12.9f3a00d1',
  counts: { roadmaps: 2, guides: 1 },
  changes: null,
  attempts: [
    { at: after(0), status: 503, durationMs: 80, error: 'answered 503', response: null },
    { at: after(5_000), status: 204, durationMs: 90, error: null, response: '' },
  ],
  attemptCount: 2,
  createdAt: NOW.toISOString(),
  nextAttemptAt: null,
  endedAt: after(5_090),
  live: null,
};

test('a delivery is one line, with its last attempt', () => {
  expect(lineOfDelivery(delivery)).toBe(
    '7  2026-11-23 12:00 UTC  docs  delivered  3 changes up to 12.9f3a00d1, 2 attempts: answered 204 within 90 ms'
  );
  expect(lineOfDelivery({ ...delivery, kind: 'test', attempts: [], attemptCount: 0 })).toContain(
    'a test, 0 attempts'
  );
});

test.each<[Liveness, string]>([
  [{ kind: 'waiting' }, 'not live yet'],
  [{ kind: 'live', at: after(125_000) }, 'live at 2026-11-23 12:02 UTC'],
  [{ kind: 'not-live', afterMs: 1_800_000 }, 'not live after 30 min'],
  [{ kind: 'unknown', reason: 'it timed out' }, 'unknown whether it is live: it timed out'],
])('the line of a delivery ends with whether it is live', (live, expected) => {
  expect(lineOfDelivery({ ...delivery, live })).toMatch(
    new RegExp(`: answered 204 within 90 ms; ${expected}$`)
  );
});
