import fc from 'fast-check';
import { DEFAULT_TIMING } from '../shared';
import type { Timing } from './hook';
import { nextStep, type DeliveryPlanInput } from './schedule';
import { sendAll } from './testing/sending';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

const at = (seconds: number): Date => new Date(seconds * SECOND_MS);
const unsent = (firstAt: number, lastAt = firstAt) => ({
  firstAt: at(firstAt),
  lastAt: at(lastAt),
});

/** Quiet period 5 s, longest wait 60 s. */
const stepOf = (input: Partial<DeliveryPlanInput> = {}) =>
  nextStep({ timing: DEFAULT_TIMING, unsent: undefined, ...input });

const tried = (madeAt: number, nextAttemptAt: number) => ({
  madeAt: at(madeAt),
  nextAttemptAt: at(nextAttemptAt),
});

const cases: [title: string, Partial<DeliveryPlanInput>, ReturnType<typeof stepOf>][] = [
  ['nothing to send: rest', {}, { kind: 'rest' }],
  [
    'nothing to send to a site that wants to be left alone: rest',
    { notBefore: at(9) },
    { kind: 'rest' },
  ],
  ['a change: after the quiet period', { unsent: unsent(0) }, { kind: 'create', at: at(5) }],
  ['more of them: after the last', { unsent: unsent(0, 30) }, { kind: 'create', at: at(35) }],
  ['ever more: after the longest wait', { unsent: unsent(0, 59) }, { kind: 'create', at: at(60) }],
  [
    'a site that wants to be left alone: not before',
    { unsent: unsent(0), notBefore: at(20) },
    { kind: 'create', at: at(20) },
  ],
  ['a message that was made: sent', { open: { madeAt: at(3) } }, { kind: 'send', at: at(3) }],
  [
    'a message that may have been sent already: sent as it is, whatever came since',
    { open: { madeAt: at(3) }, unsent: unsent(4, 400) },
    { kind: 'send', at: at(3) },
  ],
  [
    'a message that failed: sent when it is due',
    { open: tried(0, 300) },
    { kind: 'send', at: at(300) },
  ],
  [
    'a message that failed, to a site that wants to be left alone: not before',
    { open: tried(0, 300), notBefore: at(900) },
    { kind: 'send', at: at(900) },
  ],
  [
    'a change while a message is retried: superseded, the longest wait after it was made',
    { open: tried(0, 300), unsent: unsent(10) },
    { kind: 'supersede', at: at(60) },
  ],
  [
    'a change long after that: after the quiet period',
    { open: tried(0, 300), unsent: unsent(100) },
    { kind: 'supersede', at: at(105) },
  ],
  [
    'a change right before it is tried again: it is tried',
    { open: tried(0, 300), unsent: unsent(296) },
    { kind: 'send', at: at(300) },
  ],
  [
    'a change, and a site that wants to be left alone until later than both: it is tried',
    { open: tried(0, 300), unsent: unsent(10), notBefore: at(400) },
    { kind: 'send', at: at(400) },
  ],
  [
    'a message of a hook that was changed since: superseded at once, whatever the site asked',
    { open: { ...tried(3, 300), isOutdated: true }, notBefore: at(400) },
    { kind: 'supersede', at: at(3) },
  ],
  [
    'wanted at once: sent, also if nothing is pending',
    { wantedAt: at(7) },
    { kind: 'create', at: at(7) },
  ],
  [
    'wanted at once: sent before the quiet period is over, also if the site wants to be left alone',
    { wantedAt: at(7), unsent: unsent(6), notBefore: at(90) },
    { kind: 'create', at: at(7) },
  ],
  [
    'wanted at once while a message is retried: sent',
    { wantedAt: at(7), open: tried(0, 300) },
    { kind: 'send', at: at(7) },
  ],
  [
    'wanted at once while a message is retried and more came: superseded',
    { wantedAt: at(7), open: tried(0, 300), unsent: unsent(6) },
    { kind: 'supersede', at: at(7) },
  ],
];

test.each(cases)('%s', (_title, input, expected) => {
  expect(stepOf(input)).toEqual(expected);
});

test('ten publications within a second make one message, after the quiet period', () => {
  const published = Array.from({ length: 10 }, (_, index) => index * 100);

  expect(sendAll({ timing: DEFAULT_TIMING, published })).toEqual([
    { from: 0, to: 10, madeAt: 5_900, sentAt: [5_900], end: 'delivered' },
  ]);
});

test('a publication every second for five minutes makes a message every minute', () => {
  const published = Array.from({ length: 300 }, (_, index) => index * SECOND_MS);

  const messages = sendAll({ timing: DEFAULT_TIMING, published });

  expect(messages.map(({ madeAt }) => madeAt / SECOND_MS)).toEqual([60, 121, 182, 243, 304]);
});

test('changes during a request make one more message afterwards', () => {
  const published = [0, 6, 7, 8].map((seconds) => seconds * SECOND_MS);

  const messages = sendAll({ timing: DEFAULT_TIMING, published, answerMs: 30 * SECOND_MS });

  expect(messages.map(({ from, to, madeAt }) => ({ from, to, madeAt }))).toEqual([
    { from: 0, to: 1, madeAt: 5_000 },
    { from: 1, to: 4, madeAt: 35_000 },
  ]);
});

test('a site that fails is sent a new message once per longest wait, and finally all changes', () => {
  const published = Array.from({ length: 300 }, (_, index) => index * SECOND_MS);

  const messages = sendAll({
    timing: DEFAULT_TIMING,
    published,
    isTaken: (attempt) => attempt > 4,
    retryMs: () => 5 * MINUTE_MS,
  });

  expect(messages.map(({ end }) => end)).toEqual([
    'superseded',
    'superseded',
    'superseded',
    'superseded',
    'delivered',
  ]);
  expect(messages.at(-1)).toMatchObject({ from: 0, to: 300 });
});

const someTiming: fc.Arbitrary<Timing> = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 90 }))
  .map(([quiet, more]) => ({
    quietPeriodMs: quiet * SECOND_MS,
    maxWaitMs: (quiet + more) * SECOND_MS,
  }));

/** Bursts and pauses. */
const somePublished = fc
  .array(fc.oneof(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 1, max: 200_000 })), {
    minLength: 1,
    maxLength: 60,
  })
  .map((gaps) => gaps.map((_, index) => gaps.slice(0, index + 1).reduce((sum, gap) => sum + gap)));

const someAnswers = fc.record({
  taken: fc.array(fc.boolean(), { maxLength: 30 }),
  answerMs: fc.integer({ min: 0, max: 15_000 }),
  retryMs: fc.array(fc.integer({ min: 1, max: 300_000 }), { minLength: 1, maxLength: 5 }),
});

type Answers = typeof someAnswers extends fc.Arbitrary<infer Value> ? Value : never;

/** A site that accepts messages now and then, and in the end all of them. */
const answering = ({ taken, answerMs, retryMs }: Answers) => ({
  answerMs,
  isTaken: (attempt: number) => taken[attempt - 1] ?? true,
  retryMs: (attempts: number) => retryMs[Math.min(attempts, retryMs.length) - 1] ?? 1,
});

test('a site that accepts everything is notified of a change within the longest wait', () => {
  fc.assert(
    fc.property(someTiming, somePublished, (timing, published) => {
      for (const { from, madeAt } of sendAll({ timing, published })) {
        expect(madeAt - (published[from] ?? 0)).toBeLessThanOrEqual(timing.maxWaitMs);
      }
    })
  );
});

test('no message is created before the quiet period is over, unless the longest wait is', () => {
  fc.assert(
    fc.property(someTiming, somePublished, someAnswers, (timing, published, answers) => {
      for (const { from, to, madeAt } of sendAll({ timing, published, ...answering(answers) })) {
        const isQuiet = madeAt - (published[to - 1] ?? 0) >= timing.quietPeriodMs;
        const hasWaited = madeAt - (published[from] ?? 0) >= timing.maxWaitMs;
        expect(isQuiet || hasWaited).toBe(true);
      }
    })
  );
});

test('a change is sent within the longest wait, or right after a request that was in progress', () => {
  fc.assert(
    fc.property(someTiming, somePublished, someAnswers, (timing, published, answers) => {
      const messages = sendAll({ timing, published, ...answering(answers) });

      published.forEach((publishedAt, index) => {
        const covering = messages.find(({ to }) => to > index);
        const before = messages.findLast(({ to }) => to <= index);
        // An earlier message is retried, and superseded no sooner than the longest wait after it.
        const free = Math.max(
          publishedAt,
          (before?.sentAt.findLast((sent) => sent < (covering?.madeAt ?? 0)) ?? 0) +
            answers.answerMs,
          before?.madeAt ?? 0
        );
        expect((covering?.madeAt ?? Infinity) - free).toBeLessThanOrEqual(timing.maxWaitMs);
      });
    })
  );
});

test('every change is delivered in the end, in order, and none is left out', () => {
  fc.assert(
    fc.property(someTiming, somePublished, someAnswers, (timing, published, answers) => {
      const messages = sendAll({ timing, published, ...answering(answers) });

      const delivered = messages.filter(({ end }) => end === 'delivered');
      expect(delivered.map(({ from }) => from)).toEqual([
        0,
        ...delivered.slice(0, -1).map(({ to }) => to),
      ]);
      expect(delivered.at(-1)?.to).toBe(published.length);
      expect(messages.some(({ end }) => end === 'open')).toBe(false);
    })
  );
});

test('a message is superseded by one with all its changes and more, once per longest wait', () => {
  fc.assert(
    fc.property(someTiming, somePublished, someAnswers, (timing, published, answers) => {
      const messages = sendAll({ timing, published, ...answering(answers) });

      messages.forEach((message, index) => {
        const next = messages[index + 1];
        if (message.end !== 'superseded' || !next) return;
        expect(next.from).toBe(message.from);
        expect(next.to).toBeGreaterThan(message.to);
        expect(next.madeAt - message.madeAt).toBeGreaterThanOrEqual(timing.maxWaitMs);
        expect(message.sentAt).not.toEqual([]);
      });
    })
  );
});

const someDate = fc.integer({ min: 0, max: 1_000 }).map(at);
const someSituation: fc.Arbitrary<DeliveryPlanInput> = fc.record({
  timing: someTiming,
  unsent: fc.option(
    fc
      .tuple(someDate, someDate)
      .map(([firstAt, lastAt]) =>
        firstAt < lastAt ? { firstAt, lastAt } : { firstAt: lastAt, lastAt: firstAt }
      ),
    { nil: undefined }
  ),
  open: fc.option(
    fc.record({
      madeAt: someDate,
      nextAttemptAt: fc.option(someDate, { nil: undefined }),
      isOutdated: fc.boolean(),
    }),
    { nil: undefined }
  ),
  notBefore: fc.option(someDate, { nil: undefined }),
  wantedAt: fc.option(someDate, { nil: undefined }),
});

test('a message is created only while none is open, and superseded only by more or other changes', () => {
  fc.assert(
    fc.property(someSituation, (input) => {
      const { kind } = nextStep(input);

      const { open, unsent: pending } = input;
      const isOther = pending !== undefined || open?.isOutdated === true;
      expect(kind === 'create' && open !== undefined).toBe(false);
      expect(kind === 'supersede' && (!open || !isOther)).toBe(false);
      expect(kind === 'send' && (!open || open.isOutdated === true)).toBe(false);
    })
  );
});

test('there is something to do while something is open, pending or wanted', () => {
  fc.assert(
    fc.property(someSituation, (input) => {
      const { open, unsent: pending, wantedAt } = input;

      expect(nextStep(input).kind === 'rest').toBe(!open && !pending && !wantedAt);
    })
  );
});

test('only an operator, or an edit of the hook, overrides a site that asked to wait', () => {
  fc.assert(
    fc.property(someSituation, (input) => {
      const step = nextStep(input);

      const { notBefore, wantedAt } = input;
      if (step.kind === 'rest' || wantedAt || !notBefore || input.open?.isOutdated) return;
      expect(step.at.getTime()).toBeGreaterThanOrEqual(notBefore.getTime());
    })
  );
});
