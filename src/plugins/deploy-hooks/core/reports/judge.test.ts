import fc from 'fast-check';
import { runs } from '../../../../../tests/helpers/property-runs';
import { concernsDelivery, type Built, type KnownBuild, type Reported } from './judge';

const delivery = (build?: KnownBuild): Built => ({ toSeq: 10, changedAt: 1_000, build });
const report = (overrides: Partial<Reported> = {}): Reported => ({
  id: 'b',
  state: 'live',
  createdAt: 1_000,
  ...overrides,
});

test.each<[string, Reported, boolean]>([
  ['that began when all was published', report(), true],
  ['that began before', report({ createdAt: 999 }), false],
  ['of which nobody knows when it began', report({ createdAt: undefined }), false],
  ['that shows this position', report({ seq: 10, createdAt: undefined }), true],
  ['that shows an older position, whenever it began', report({ seq: 9 }), false],
  ['that was canceled before it was heard of', report({ state: 'canceled' }), true],
])('for a delivery without a build, a build %s says something new: %j', (_, reported, expected) => {
  expect(concernsDelivery(delivery(), reported)).toBe(expected);
});

test.each<[KnownBuild, Reported, boolean]>([
  [{ id: 'b', state: 'building' }, report({ createdAt: undefined }), true],
  [{ id: 'b', state: 'building' }, report({ state: 'canceled' }), true],
  [{ id: 'b', state: 'building' }, report({ state: 'building' }), false],
  [{ id: 'b', state: 'failed' }, report({ state: 'building' }), false],
  [{ id: 'b', state: 'canceled' }, report({ state: 'building' }), false],
  [{ id: 'b', state: 'building' }, report({ seq: 9 }), false],
  [
    { id: 'a', state: 'failed', createdAt: 1_500 },
    report({ state: 'canceled', createdAt: 2_000 }),
    false,
  ],
  [{ id: 'a', state: 'canceled' }, report({ state: 'building', createdAt: 2_000 }), true],
  [{ id: 'b', state: 'failed' }, report({ state: 'live' }), false],
  [{ id: 'a', state: 'failed', createdAt: 1_500 }, report({ createdAt: 2_000 }), true],
  [
    { id: 'a', state: 'building', createdAt: 1_500 },
    report({ state: 'failed', createdAt: 1_200 }),
    false,
  ],
  [{ id: 'a', state: 'building', createdAt: 1_500 }, report({ createdAt: 1_200 }), true],
  [{ id: 'a', state: 'live' }, report({ state: 'failed', createdAt: 2_000 }), false],
])('for a delivery with %j, %j says something new: %s', (known, reported, expected) => {
  expect(concernsDelivery(delivery(known), reported)).toBe(expected);
});

/** Returns what is known after messages, in the order in which they arrived. */
function known(messages: readonly Reported[]): KnownBuild | undefined {
  return messages.reduce<KnownBuild | undefined>((build, reported) => {
    if (!concernsDelivery(delivery(build), reported)) return build;
    const { id, createdAt, state } = reported;
    return { id, createdAt, state };
  }, undefined);
}

/** Consecutive builds, each of which begins and ends. */
const history = fc
  .array(fc.constantFrom<Reported['state']>('live', 'failed'), { minLength: 1, maxLength: 4 })
  .map((ends) =>
    ends.flatMap((state, index): Reported[] => {
      const createdAt = 1_000 + index * 100;
      return [
        { id: `b${index}`, state: 'building', createdAt },
        { id: `b${index}`, state, createdAt },
      ];
    })
  );

test('late, repeated and reordered messages have the same result as those in order', () => {
  const messages = history.chain((inOrder) =>
    fc.tuple(
      fc.constant(inOrder),
      fc.shuffledSubarray([...inOrder, ...inOrder], { minLength: inOrder.length * 2 })
    )
  );
  fc.assert(
    fc.property(messages, ([inOrder, shuffled]) => {
      const wanted = known(inOrder)?.state;

      expect(known(shuffled)?.state).toBe(wanted);
    }),
    { numRuns: runs(3_000) }
  );
});
