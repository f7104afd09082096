import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createCheckout, exportInto, type Checkout } from './testing/checkout';
import { removeLeftovers, writeWhole } from './write-file';

let checkout: Checkout;

beforeEach(() => {
  checkout = createCheckout();
});

afterEach(() => checkout.drop());

const leftover = (pid: number) => `.frontmatter-${pid}-0f0e9a52-1111-4222-8333-123456789abc.tmp`;
const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid;

test('leaves nothing but the file', async () => {
  await writeWhole(checkout.path('a.md'), Buffer.from('A\n'));

  expect(checkout.list()).toEqual(['a.md']);
});

test('leaves nothing if it fails', async () => {
  mkdirSync(checkout.path('a.md'));

  await expect(writeWhole(checkout.path('a.md'), Buffer.from('A\n'))).rejects.toThrow(/EISDIR/);

  expect(checkout.list()).toEqual(['a.md/']);
});

test('leftovers of killed exports are removed, even of one with our own process id', async () => {
  checkout.write(leftover(deadPid()), 'half');
  checkout.write(leftover(process.pid), 'half');

  await removeLeftovers(checkout.dir);

  expect(checkout.list()).toEqual([]);
});

test('files of running exports, and of other programs, stay', async () => {
  const names = [leftover(process.ppid), '.frontmatter', '.frontmatter-1.tmp.md', 'x.tmp'].sort();
  for (const name of names) checkout.write(name, 'x');

  await removeLeftovers(checkout.dir);

  expect(checkout.list()).toEqual(names);
});

test('the next export after a killed one writes the file and removes the leftovers', async () => {
  checkout.write('a/a.md', 'old\n');
  checkout.write(`a/${leftover(deadPid())}`, 'half');
  checkout.write(`gone/${leftover(deadPid())}`, 'half');
  checkout.write('gone/gone.md', 'G\n');

  const { actions, skipped, unknown } = await exportInto(
    checkout,
    {
      texts: { a: 'A\n' },
      departures: [{ slug: 'gone', reason: 'deleted' }],
      known: { gone: ['G\n'] },
    },
    { prune: true }
  );

  expect(actions).toEqual(['updated a/a.md', 'removed gone/gone.md']);
  expect({ skipped, unknown }).toEqual({ skipped: [], unknown: 0 });
  expect(checkout.list()).toEqual(['a/a.md']);
});
