import fc from 'fast-check';
import { DEFAULT_RETRY_DELAYS_MS, nextAttemptAt, type FailedSend } from './backoff';
import { PRESETS } from './hook';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const NOW = new Date('2026-05-01T12:00:00Z');

const after = (ms: number): Date => new Date(NOW.getTime() + ms);

const build = (overrides: Partial<FailedSend> = {}): FailedSend => ({
  preset: 'generic',
  attempts: 1,
  now: NOW,
  failures: 1,
  failingSince: NOW,
  retryDelaysMs: DEFAULT_RETRY_DELAYS_MS,
  random: 0,
  ...overrides,
});

/** Returns when a message that is never accepted is tried, from the first try until giving up. */
function triesOf(overrides: Partial<FailedSend> = {}): number[] {
  const tries: number[] = [];
  for (let now: Date | undefined = NOW; now && tries.length < 5_000;) {
    tries.push(now.getTime() - NOW.getTime());
    const failures = tries.length;
    now = nextAttemptAt(build({ now, attempts: failures, failures, ...overrides }));
  }
  return tries;
}

test('gives up after ten tries in three days', () => {
  const hours = triesOf().map((ms) => Math.round((ms / HOUR_MS) * 100) / 100);

  expect(hours).toEqual([0, 0, 0.08, 0.58, 2.58, 7.58, 17.58, 31.58, 51.58, 75.58]);
});

test('tries a site that its host builds every five minutes for the same time', () => {
  const tries = triesOf({ preset: 'netlify' });

  expect(tries.slice(0, 4)).toEqual([0, 5 * SECOND_MS, 305 * SECOND_MS, 605 * SECOND_MS]);
  expect(tries.length).toBeGreaterThan(900);
  expect((tries.at(-1) ?? 0) / HOUR_MS).toBeCloseTo(75.58, 0);
});

test('repeats the last wait of a short schedule', () => {
  const retryDelaysMs = [SECOND_MS, MINUTE_MS];

  expect(nextAttemptAt(build({ attempts: 7, failures: 2, retryDelaysMs }))).toEqual(
    after(MINUTE_MS)
  );
});

test('delays a retry by up to a fifth, so that hooks do not retry together', () => {
  expect(nextAttemptAt(build({ attempts: 2, random: 0.5 }))).toEqual(after(5.5 * MINUTE_MS));
});

test('does not give up because a CMS was switched off over a weekend', () => {
  const failingSince = after(-100 * HOUR_MS);

  expect(nextAttemptAt(build({ failures: 2, failingSince }))).toEqual(after(5 * SECOND_MS));
  expect(nextAttemptAt(build({ failures: 10, failingSince }))).toBeUndefined();
});

test('gives up even if new messages restart the waits', () => {
  const failingSince = after(-76 * HOUR_MS);

  expect(nextAttemptAt(build({ attempts: 1, failures: 80, failingSince }))).toBeUndefined();
});

test('waits as long as a site asks, and no longer', () => {
  expect(nextAttemptAt(build({ notBefore: after(HOUR_MS) }))).toEqual(after(HOUR_MS));
  expect(nextAttemptAt(build({ notBefore: after(SECOND_MS) }))).toEqual(after(5 * SECOND_MS));
  expect(nextAttemptAt(build({ notBefore: after(-HOUR_MS) }))).toEqual(after(5 * SECOND_MS));
});

const someFailure: fc.Arbitrary<FailedSend> = fc.record({
  preset: fc.constantFrom(...PRESETS),
  attempts: fc.integer({ min: 1, max: 2_000 }),
  now: fc.constant(NOW),
  failures: fc.integer({ min: 1, max: 2_000 }),
  failingSince: fc.integer({ min: 0, max: 200 * HOUR_MS }).map((ms) => after(-ms)),
  notBefore: fc.option(fc.integer({ min: -HOUR_MS, max: 100 * HOUR_MS }).map(after), {
    nil: undefined,
  }),
  retryDelaysMs: fc.oneof(
    fc.constant(DEFAULT_RETRY_DELAYS_MS),
    fc.array(fc.integer({ min: 1, max: 48 * HOUR_MS }), { minLength: 1, maxLength: 12 })
  ),
  random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
});

test('never earlier than the site asked, and never in the past', () => {
  fc.assert(
    fc.property(someFailure, (failed) => {
      const at = nextAttemptAt(failed);

      const earliest = Math.max(NOW.getTime(), failed.notBefore?.getTime() ?? 0);
      if (at) expect(at.getTime()).toBeGreaterThanOrEqual(earliest);
    })
  );
});

test('at the latest after the longest wait plus a fifth; for built sites, after six minutes', () => {
  fc.assert(
    fc.property(someFailure, (failed) => {
      const at = nextAttemptAt({ ...failed, notBefore: undefined });

      const longest = Math.max(...failed.retryDelaysMs) * 1.2;
      const most = failed.preset === 'generic' ? longest : Math.min(longest, 6 * MINUTE_MS);
      if (at) expect(at.getTime() - NOW.getTime()).toBeLessThanOrEqual(most);
    })
  );
});

test('gives up only after the whole schedule, in time and in tries', () => {
  fc.assert(
    fc.property(someFailure, (failed) => {
      const whole = failed.retryDelaysMs.reduce((sum, delay) => sum + delay, 0);
      const isOver =
        NOW.getTime() - failed.failingSince.getTime() >= whole &&
        failed.failures > failed.retryDelaysMs.length;

      expect(nextAttemptAt(failed) === undefined).toBe(isOver);
    })
  );
});

test('a message that is never accepted is tried once more than there are waits, and never early', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 48 * HOUR_MS }), { minLength: 1, maxLength: 12 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (retryDelaysMs, random) => {
        const tries = triesOf({ retryDelaysMs, random });

        const waits = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
        expect(tries).toHaveLength(retryDelaysMs.length + 1);
        retryDelaysMs.forEach((delay, index) => {
          expect(waits[index]).toBeGreaterThanOrEqual(delay);
        });
      }
    )
  );
});
