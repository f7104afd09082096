import { judge, judgeAll, nextLookAt, type Watched } from './liveness';
import type { SiteStatus } from './site-status';

const SECOND_MS = 1_000;
const TIMEOUT_MS = 30 * 60 * SECOND_MS;
const TAKEN_AT = new Date('2026-03-01T12:00:00Z');
const TO = { seq: 17, token: 'f3a96c1e' };

const after = (ms: number): Date => new Date(TAKEN_AT.getTime() + ms);
const buildWatched = (overrides: Partial<Watched> = {}): Watched => ({
  id: 1,
  to: TO,
  takenAt: TAKEN_AT,
  looks: 0,
  wasReadable: false,
  ...overrides,
});
const shows = (seq: number): SiteStatus => ({
  kind: 'shows',
  cursor: { seq, token: seq === TO.seq ? TO.token : '00000000' },
});
const silent: SiteStatus = { kind: 'unreadable', reason: 'the status URL answers 503' };

describe('a delivery', () => {
  const timing = { now: after(60 * SECOND_MS), timeoutMs: TIMEOUT_MS };

  test.each([17, 18, 4_000])('is live once the site shows its changes, or more: %d', (seq) => {
    expect(judge(buildWatched(), shows(seq), timing)).toEqual({ kind: 'live' });
  });

  test('is checked again while the site shows less, or cannot be read', () => {
    const again = { kind: 'look-again', at: after(70 * SECOND_MS) };

    expect(judge(buildWatched(), shows(16), timing)).toEqual(again);
    expect(judge(buildWatched(), silent, timing)).toEqual(again);
  });

  const ended = { now: after(TIMEOUT_MS), timeoutMs: TIMEOUT_MS };

  test('can become live at the last check, however late that is', () => {
    const late = { ...ended, now: after(10 * TIMEOUT_MS) };

    expect(judge(buildWatched(), shows(17), late)).toEqual({ kind: 'live' });
  });

  test('ends as not live if the site showed less at any check', () => {
    const notLive = { kind: 'not-live', afterMs: TIMEOUT_MS };

    expect(judge(buildWatched(), shows(16), ended)).toEqual(notLive);
    expect(judge(buildWatched({ wasReadable: true }), silent, ended)).toEqual(notLive);
  });

  test('ends as unknown, with the last reason, if the site could never be read', () => {
    expect(judge(buildWatched(), silent, ended)).toEqual({
      kind: 'unknown',
      reason: 'the status URL answers 503',
    });
  });
});

test('checks become rarer, but come at least every minute, and a last time when the time is over', () => {
  const timeoutMs = 240 * SECOND_MS;
  const seconds: number[] = [];
  let now: Date | undefined = TAKEN_AT;
  for (let looks = 0; now; looks += 1) {
    now = nextLookAt({ takenAt: TAKEN_AT, looks }, { now, timeoutMs });
    if (now) seconds.push((now.getTime() - TAKEN_AT.getTime()) / SECOND_MS);
  }

  expect(seconds).toEqual([5, 15, 35, 75, 135, 195, 240]);
});

test('the next check is within a minute, however many there have been', () => {
  const at = nextLookAt(
    { takenAt: TAKEN_AT, looks: 5_000 },
    { now: after(SECOND_MS), timeoutMs: TIMEOUT_MS }
  );

  expect(at).toEqual(after(61 * SECOND_MS));
});

describe('several deliveries of one hook', () => {
  const timing = { now: after(60 * SECOND_MS), timeoutMs: TIMEOUT_MS };
  const watched = [15, 17, 19].map((seq, index) =>
    buildWatched({
      id: index + 1,
      to: { seq, token: '00000000' },
      takenAt: after(index * 10 * SECOND_MS),
    })
  );

  test('become live with the answer to one of them, including newer ones', () => {
    expect([...judgeAll(watched, 2, shows(18), timing)]).toEqual([
      [1, { kind: 'live' }],
      [2, { kind: 'live' }],
    ]);
    expect([...judgeAll(watched, 1, shows(19), timing)]).toEqual([
      [1, { kind: 'live' }],
      [2, { kind: 'live' }],
      [3, { kind: 'live' }],
    ]);
  });

  test('wait with the one that asks; older ones until their own time is over', () => {
    expect([...judgeAll(watched, 2, shows(14), timing)]).toEqual([
      [1, { kind: 'look-again', at: after(TIMEOUT_MS) }],
      [2, { kind: 'look-again', at: after(70 * SECOND_MS) }],
    ]);
  });

  test('are known not to be live from what was read for a newer one', () => {
    const [first, second, third] = watched;
    if (!first || !second || !third) throw new Error('there are three');
    const ended = { ...timing, now: after(TIMEOUT_MS) };

    expect(judgeAll([first, { ...second, wasReadable: true }], 1, silent, ended).get(1)).toEqual({
      kind: 'not-live',
      afterMs: TIMEOUT_MS,
    });
    expect(judgeAll([first, second], 1, silent, ended).get(1)).toMatchObject({ kind: 'unknown' });
  });
});
