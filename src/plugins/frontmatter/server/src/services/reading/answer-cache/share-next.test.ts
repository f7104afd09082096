import { setImmediate, setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { shareNext } from './share-next';

test('simultaneous calls share one run, and calls during that run share the next one', async () => {
  let runs = 0;
  let finish = (): void => undefined;
  const ask = shareNext(async () => {
    runs += 1;
    await new Promise<void>((resolve) => (finish = resolve));
    return runs;
  });

  const together = [ask(), ask(), ask()];
  await setTimeout();
  expect(runs).toBe(1);
  const meanwhile = [ask(), ask()];
  await setTimeout();
  expect(runs).toBe(1);
  finish();
  expect(await Promise.all(together)).toEqual([1, 1, 1]);
  await setTimeout();
  expect(runs).toBe(2);
  finish();
  expect(await Promise.all(meanwhile)).toEqual([2, 2]);
});

test('a failed run rejects only the calls that share it', async () => {
  let runs = 0;
  const ask = shareNext(async () => {
    runs += 1;
    if (runs === 1) throw new Error('no connection');
    return runs;
  });

  await expect(Promise.all([ask(), ask()])).rejects.toThrow('no connection');
  expect(await ask()).toBe(2);
});

test('no answer is older than its call', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(4), { minLength: 5, maxLength: 60 }), async (waits) => {
      let version = 0;
      const ask = shareNext(async () => {
        const seen = version;
        for (let turn = 0; turn < seen % 3; turn += 1) await setImmediate();
        return seen;
      });
      const checks = [];
      for (const wait of waits) {
        version += 1;
        const known = version;
        checks.push(ask().then((seen) => expect(seen).toBeGreaterThanOrEqual(known)));
        for (let turn = 0; turn < wait; turn += 1) await setImmediate();
      }
      await Promise.all(checks);
    })
  );
});
