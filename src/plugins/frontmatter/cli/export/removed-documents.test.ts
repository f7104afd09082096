import { chmodSync, statSync, symlinkSync } from 'node:fs';
import type { Departure } from '../../shared';
import { exportIntoFolder } from './export-folder';
import { openFolder } from './folder';
import {
  createCheckout,
  createExporter,
  exportInto,
  shape,
  type Checkout,
} from './testing/checkout';

let checkout: Checkout;

beforeEach(() => {
  checkout = createCheckout();
});

afterEach(() => checkout.drop());

const deleted: Departure = { slug: 'old', reason: 'deleted' };
const unpublished: Departure = { slug: 'old', reason: 'unpublished' };
const renamed: Departure = { slug: 'old', reason: 'renamed', renamedTo: 'new' };
const known = { old: ['O\n'] };
const texts = { new: 'N\n' };

const REMOVE = 'remove the file, or run export with --prune';

describe('without prune', () => {
  test.each<[string, Departure, string]>([
    ['deleted', deleted, `the document was deleted in the CMS: ${REMOVE}`],
    ['unpublished', unpublished, `the document is not published any more: ${REMOVE}`],
    ['renamed', renamed, `the document was renamed to 'new' in the CMS: ${REMOVE}`],
  ])('the file of a document that was %s is reported and stays', async (_, departure, message) => {
    checkout.write('old/old.md', 'O\n');

    const { actions, findings, files } = await exportInto(checkout, {
      texts,
      departures: [departure],
      known,
    });

    expect(actions).toEqual(['created new/new.md', 'departed old/old.md']);
    expect(findings).toEqual([`old/old.md departed: ${message}`]);
    expect(files[1]?.reason).toBe(departure.reason);
    expect(checkout.list()).toEqual(['new/new.md', 'old/old.md']);
  });

  test('a document that marks drafts in its file becomes a draft there', async () => {
    checkout.write('old/old.md', 'O\n');
    checkout.write('edited/edited.md', 'mine\n');
    const departures: Departure[] = [
      { ...unpublished, draft: 'draft\n' },
      { slug: 'edited', reason: 'unpublished', draft: 'draft\n' },
    ];

    for (const prune of [false, true]) {
      const { actions } = await exportInto(checkout, { departures, known }, { prune });

      expect(actions).toEqual([
        'kept edited/edited.md',
        prune ? 'unchanged old/old.md' : 'updated old/old.md',
      ]);
    }
    expect(checkout.read('old/old.md')).toBe('draft\n');
    expect(checkout.read('edited/edited.md')).toBe('mine\n');
  });

  test('a file that was imported but never published is not unknown', async () => {
    checkout.write('old/old.md', 'O\n');

    expect(await exportInto(checkout, { known })).toMatchObject({ actions: [], unknown: 0 });
  });

  test('files the CMS never knew are counted and stay', async () => {
    checkout.write('mine/mine.md', 'M\n');
    checkout.write('README.md', '# Read me\n');

    const { actions, unknown } = await exportInto(checkout, {});

    expect(actions).toEqual([]);
    expect(unknown).toBe(2);
    expect(checkout.list()).toEqual(['README.md', 'mine/mine.md']);
  });
});

describe('with prune', () => {
  test.each([deleted, unpublished])(
    'the file of a document that is gone ($reason) is removed, with its empty folder',
    async (departure) => {
      checkout.write('old/old.md', 'O\n');

      const { actions, findings } = await exportInto(
        checkout,
        { texts, departures: [departure], known },
        { prune: true }
      );

      expect(actions).toEqual(['created new/new.md', 'removed old/old.md']);
      expect(findings).toEqual([]);
      expect(checkout.list()).toEqual(['new/new.md']);
    }
  );

  test('a folder with other files stays, and so does the checkout itself', async () => {
    checkout.write('old/old.md', 'O\n');
    checkout.write('old/content/100-x.md', '# X\n');
    await exportInto(checkout, { departures: [deleted], known }, { prune: true });
    expect(checkout.list()).toEqual(['old/content/100-x.md']);

    const second = createCheckout();
    second.write('old.md', 'O\n');
    await exportInto(second, { departures: [deleted], known }, { prune: true });
    expect(second.list()).toEqual([]);
    expect(statSync(second.dir).isDirectory()).toBe(true);
    second.drop();
  });

  test('a file with changes the CMS never saw is reported and stays', async () => {
    checkout.write('old/old.md', 'O\nmy own line\n');

    const { actions, findings } = await exportInto(
      checkout,
      { departures: [deleted], known },
      { prune: true }
    );

    expect(actions).toEqual(['departed old/old.md']);
    expect(findings).toEqual([
      'old/old.md not-removed: the document was deleted in the CMS, but the file holds changes that the CMS has not published: import or remove it',
    ]);
    expect(checkout.list()).toEqual(['old/old.md']);
  });

  test.each<[string, Buffer]>([
    ['a byte order mark', Buffer.from('\uFEFFO\n')],
    ['CRLF', Buffer.from('O\r\n')],
    ['bytes that are not UTF-8', Buffer.from('O\xff\n', 'latin1')],
  ])('%s is such a change', async (_, bytes) => {
    checkout.write('old/old.md', bytes);

    const { actions } = await exportInto(
      checkout,
      { departures: [deleted], known: { old: ['O\n', 'O\uFFFD\n'] } },
      { prune: true }
    );

    expect(actions).toEqual(['departed old/old.md']);
  });

  test('a file of a document that was renamed moves, with its mode and the new content', async () => {
    chmodSync(checkout.write('old/old.md', 'O\n'), 0o640);

    const { actions, findings } = await exportInto(
      checkout,
      { texts, departures: [renamed], known },
      { prune: true }
    );

    expect(actions).toEqual(['moved old/old.md → new/new.md']);
    expect(findings).toEqual([]);
    expect(checkout.list()).toEqual(['new/new.md']);
    expect(checkout.read('new/new.md')).toBe('N\n');
    expect(statSync(checkout.path('new/new.md')).mode & 0o7777).toBe(0o640);
  });

  test('a file of a document that was renamed is removed if the new slug has one', async () => {
    checkout.write('old/old.md', 'O\n');
    checkout.write('new/new.md', 'N before\n');

    const { actions } = await exportInto(
      checkout,
      { texts, departures: [renamed], known },
      { prune: true }
    );

    expect(actions).toEqual(['updated new/new.md', 'removed old/old.md']);
    expect(checkout.list()).toEqual(['new/new.md']);
  });

  test('a document that was renamed twice moves once', async () => {
    checkout.write('old/old.md', 'O\n');
    checkout.write('older/older.md', 'O\n');

    const { actions } = await exportInto(
      checkout,
      {
        texts,
        departures: [renamed, { ...renamed, slug: 'older' }],
        known: { old: ['O\n'], older: ['O\n'] },
      },
      { prune: true }
    );

    expect(actions).toEqual(['moved old/old.md → new/new.md', 'removed older/older.md']);
    expect(checkout.list()).toEqual(['new/new.md']);
  });

  test.each([
    ['old.md', 'new.md'],
    ['old/old.md', 'new/new.md'],
  ])('a file keeps the pattern that it is named by: %s becomes %s', async (before, after) => {
    checkout.write(before, 'O\n');

    const { actions } = await exportInto(
      checkout,
      { texts, departures: [renamed], known },
      { prune: true }
    );

    expect(actions).toEqual([`moved ${before} → ${after}`]);
    expect(checkout.list()).toEqual([after]);
    expect(checkout.read(after)).toBe('N\n');
  });

  test('a changed file of a document that was renamed stays next to the new one', async () => {
    checkout.write('old/old.md', 'mine\n');

    const { actions, findings } = await exportInto(
      checkout,
      { texts, departures: [renamed], known },
      { prune: true }
    );

    expect(actions).toEqual(['created new/new.md', 'departed old/old.md']);
    expect(findings).toEqual([
      "old/old.md not-removed: the document was renamed to 'new' in the CMS, but the file holds changes that the CMS has not published: copy them into the file of 'new' and import that, or remove this one",
    ]);
  });

  test('the old file stays while the new one cannot be written', async () => {
    checkout.write('old/old.md', 'O\n');
    checkout.write('new', 'in the way\n');

    const { actions, findings } = await exportInto(
      checkout,
      { texts, departures: [renamed], known },
      { prune: true }
    );

    expect(actions).toEqual(['failed new/new.md', 'departed old/old.md']);
    expect(findings[1]).toBe(
      "old/old.md not-removed: the document was renamed to 'new' in the CMS, whose file was not written in this run: this one stays until it is"
    );
    expect(checkout.read('old/old.md')).toBe('O\n');
  });

  test.each<[string, Record<string, string>, string]>([
    ['holds changes that the CMS never saw', { new: 'N\n' }, 'kept new/new.md'],
    ['was not exported, as the document was renamed meanwhile', { other: 'X\n' }, 'created other'],
  ])('the old file stays while the new one %s', async (_, published, action) => {
    checkout.write('old/old.md', 'O\n');
    if ('new' in published) checkout.write('new/new.md', 'mine\n');

    const { actions, findings } = await exportInto(
      checkout,
      { texts: published, departures: [renamed], known: { ...known, new: ['N\n'] } },
      { prune: true }
    );

    expect(actions).toEqual([expect.stringContaining(action), 'departed old/old.md']);
    expect(findings.at(-1)).toMatch(/^old\/old\.md not-removed: .*was not written in this run/);
    expect(checkout.read('old/old.md')).toBe('O\n');
  });

  test('the target of a link of a published document stays', async () => {
    checkout.write('old/old.md', 'O\n');
    symlinkSync('old/old.md', checkout.path('new.md'));

    const { actions } = await exportInto(
      checkout,
      { texts, departures: [renamed], known: { old: ['O\n', 'N\n'] } },
      { prune: true }
    );

    expect(actions).toEqual(['updated new.md']);
    expect(checkout.read('old/old.md')).toBe('N\n');
  });

  test('an error of the database, unlike one of the file, ends the export', async () => {
    checkout.write('old/old.md', 'O\n');
    const failure = Object.assign(new Error('deadlock detected'), { code: '40P01' });

    const exporting = exportIntoFolder({
      folder: await openFolder(checkout.dir),
      shape,
      exporter: {
        ...createExporter({ departures: [deleted] }),
        isKnownText: () => Promise.reject(failure),
      },
      check: false,
      prune: true,
      force: false,
    });

    await expect(exporting).rejects.toBe(failure);
    expect(checkout.list()).toEqual(['old/old.md']);
  });

  test('files the CMS never knew stay', async () => {
    checkout.write('mine/mine.md', 'O\n');

    const { unknown } = await exportInto(
      checkout,
      { departures: [deleted], known },
      { prune: true }
    );

    expect(unknown).toBe(1);
    expect(checkout.list()).toEqual(['mine/mine.md']);
  });

  test('with check it reports what would be removed and moved, and changes nothing', async () => {
    checkout.write('old/old.md', 'O\n');
    checkout.write('gone.md', 'G\n');

    const { actions } = await exportInto(
      checkout,
      {
        texts,
        departures: [renamed, { slug: 'gone', reason: 'deleted' }],
        known: { ...known, gone: ['G\n'] },
      },
      { prune: true, check: true }
    );

    expect(actions).toEqual(['moved old/old.md → new/new.md', 'removed gone.md']);
    expect(checkout.list()).toEqual(['gone.md', 'old/old.md']);
  });
});
