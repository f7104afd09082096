import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { exportIntoFolder } from './export-folder';
import { openFolder } from './folder';
import {
  createCheckout,
  createExporter,
  exportInto,
  shape,
  type Checkout,
} from './testing/checkout';
import { lockFolder, mountSmallDisk, testIf } from './testing/refusing-disks';

let checkout: Checkout;

beforeEach(() => {
  checkout = createCheckout();
});

afterEach(() => checkout.drop());

const ROOT_AND_CHATTR = 'a user other than root, or a disk with chattr +i';

testIf(
  lockFolder,
  { title: 'a read-only folder refuses its own file only', needs: ROOT_AND_CHATTR },
  async (lock) => {
    checkout.write('a/a.md', 'old\n');
    mkdirSync(checkout.path('b'));
    lock.apply(checkout.path('a'));
    lock.apply(checkout.path('b'));
    try {
      const { actions, findings } = await exportInto(checkout, {
        texts: { a: 'A\n', b: 'B\n', c: 'C\n' },
      });

      expect(actions).toEqual(['failed a/a.md', 'failed b/b.md', 'created c/c.md']);
      const message =
        /^(a\/a|b\/b)\.md not-written: the file cannot be written \((EACCES|EPERM): check the permissions/;
      expect(findings).toEqual([expect.stringMatching(message), expect.stringMatching(message)]);
      expect(checkout.read('a/a.md')).toBe('old\n');
      expect(checkout.list()).toEqual(['a/a.md', 'b/', 'c/c.md']);
    } finally {
      lock.undo(checkout.path('a'));
      lock.undo(checkout.path('b'));
    }
  }
);

testIf(
  lockFolder,
  { title: 'in a read-only folder a file that should go is reported', needs: ROOT_AND_CHATTR },
  async (lock) => {
    checkout.write('old/old.md', 'O\n');
    lock.apply(checkout.path('old'));
    try {
      const { actions, findings } = await exportInto(
        checkout,
        { departures: [{ slug: 'old', reason: 'deleted' }], known: { old: ['O\n'] } },
        { prune: true }
      );

      expect(actions).toEqual(['departed old/old.md']);
      expect(findings).toEqual([
        expect.stringMatching(
          /^old\/old\.md not-removed: the document was deleted in the CMS, but the file cannot be moved or removed \((EACCES|EPERM): /
        ),
      ]);
      expect(checkout.list()).toEqual(['old/old.md']);
    } finally {
      lock.undo(checkout.path('old'));
    }
  }
);

testIf(
  mountSmallDisk,
  { title: 'a full disk keeps the old file whole, and smaller ones go on', needs: 'mount (root)' },
  async (disk) => {
    disk.apply(checkout.dir);
    try {
      checkout.write('a/a.md', 'old\n');
      const tooLarge = 'x'.repeat(100_000);

      const { actions, findings } = await exportInto(checkout, {
        texts: { a: tooLarge, b: tooLarge, c: 'C\n' },
      });

      expect(actions).toEqual(['failed a/a.md', 'failed b/b.md', 'created c/c.md']);
      expect(findings[0]).toBe(
        'a/a.md not-written: the file cannot be written (ENOSPC: the disk is full, free some space and run export again)'
      );
      expect(checkout.list()).toEqual(['a/a.md', 'c/c.md']);
      expect(checkout.read('a/a.md')).toBe('old\n');
    } finally {
      disk.undo(checkout.dir);
    }
  }
);

test('a folder where the file belongs is reported, and stays', async () => {
  checkout.write('a/a.md/precious.txt', 'P\n');

  const { actions, findings } = await exportInto(checkout, { texts: { a: 'A\n', b: 'B\n' } });

  expect(actions).toEqual(['failed a/a.md', 'created b/b.md']);
  expect(findings).toEqual([
    'a/a.md not-written: a folder is where the file belongs: move it away',
  ]);
  expect(checkout.list()).toEqual(['a/a.md/precious.txt', 'b/b.md']);
});

test('a file where the folder belongs is reported, and stays', async () => {
  checkout.write('a', 'precious\n');

  const { actions, findings } = await exportInto(checkout, { texts: { a: 'A\n', b: 'B\n' } });

  expect(actions).toEqual(['failed a/a.md', 'created b/b.md']);
  expect(findings).toEqual([
    'a/a.md not-written: the file cannot be written (EEXIST: a file is where its folder belongs: move it away)',
  ]);
  expect(checkout.read('a')).toBe('precious\n');
});

test('a pipe where the file belongs is reported, and not waited for', async () => {
  mkdirSync(checkout.path('a'));
  execFileSync('mkfifo', [checkout.path('a/a.md')]);

  const { findings } = await exportInto(checkout, { texts: { a: 'A\n' } });

  expect(findings).toEqual([
    'a/a.md not-written: something that is not a file is where the file belongs: move it away',
  ]);
});

test('a slug too long for the disk is reported, and leaves no folder behind', async () => {
  const slug = 'a'.repeat(254);

  const { findings } = await exportInto(checkout, { texts: { [slug]: 'A\n', b: 'B\n' } });

  expect(findings).toEqual([
    expect.stringContaining('(ENAMETOOLONG: the name is too long for this disk, give the'),
  ]);
  expect(checkout.list()).toEqual(['b/b.md']);
});

test('an error of the exporter ends the export, and the files so far are complete', async () => {
  const exporting = exportIntoFolder({
    folder: await openFolder(checkout.dir),
    shape,
    exporter: {
      ...createExporter({}),
      async *texts() {
        yield { slug: 'a', text: 'A\n' };
        throw new Error('the database is gone');
      },
    },
    check: false,
    prune: true,
    force: false,
  });

  await expect(exporting).rejects.toThrow('the database is gone');
  expect(checkout.list()).toEqual(['a/a.md']);
});
