import { chmodSync, mkdirSync, statSync, symlinkSync, utimesSync } from 'node:fs';
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
import { giveAway, STRANGER, testIf } from './testing/refusing-disks';

let checkout: Checkout;

beforeEach(() => {
  checkout = createCheckout();
});

afterEach(() => checkout.drop());

const LONG_AGO = new Date('2020-01-02T03:04:05Z');

describe('which file', () => {
  test('documents without a file get one named by the first pattern', async () => {
    const { actions, findings } = await exportInto(checkout, { texts: { a: 'A\n', b: 'B\n' } });

    expect(actions).toEqual(['created a/a.md', 'created b/b.md']);
    expect(findings).toEqual([]);
    expect(checkout.list()).toEqual(['a/a.md', 'b/b.md']);
    expect(checkout.read('b/b.md')).toBe('B\n');
  });

  test('a file named by the second pattern is written in place', async () => {
    checkout.write('a.md', 'old\n');

    const { actions } = await exportInto(checkout, { texts: { a: 'A\n' } });

    expect(actions).toEqual(['updated a.md']);
    expect(checkout.list()).toEqual(['a.md']);
    expect(checkout.read('a.md')).toBe('A\n');
  });

  test('of two files of a slug, the first pattern is written and the other reported', async () => {
    checkout.write('a/a.md', 'old\n');
    checkout.write('a.md', 'other\n');

    const { actions, findings } = await exportInto(checkout, { texts: { a: 'A\n' } });

    expect(actions).toEqual(['updated a/a.md', 'duplicate a.md']);
    expect(findings).toEqual([
      `a.md duplicate-slug: the slug 'a' is also that of ${checkout.path('a/a.md')}, which is the one that is written: remove or rename this one`,
    ]);
    expect(checkout.read('a/a.md')).toBe('A\n');
    expect(checkout.read('a.md')).toBe('other\n');
  });

  test('other files in the folder are counted and stay as they are', async () => {
    checkout.write('a/a.md', 'A\n');
    checkout.write('a/content/100-x.md', '# X\n');
    checkout.write('README.md', '# Articles\n');
    checkout.write('b b.md', 'no slug\n');
    checkout.write('logo.png', 'PNG');

    const { actions, unknown, skipped } = await exportInto(checkout, { texts: { a: 'A\n' } });

    expect(actions).toEqual(['unchanged a/a.md']);
    expect(unknown).toBe(2);
    expect(skipped).toEqual([{ file: checkout.path('a/content/100-x.md'), reason: 'name' }]);
    expect(checkout.read('README.md')).toBe('# Articles\n');
  });

  test.each(['../evil', 'a/../../evil', '/etc/evil', '..', '.git', 'a\0'])(
    'the slug %j is rejected, however it got into the CMS',
    async (slug) => {
      const inner = checkout.path('inner');
      mkdirSync(inner);

      const { findings } = await exportInto(
        checkout,
        { texts: { [slug]: 'X\n', ok: 'fine\n' } },
        { dir: inner }
      );

      expect(findings).toEqual([
        expect.stringContaining(`'${slug}' is not a valid file name: use at most`),
      ]);
      expect(checkout.list()).toEqual(['inner/ok/ok.md']);
    }
  );
});

describe('what is written', () => {
  test.each([
    ['CRLF', '---\r\ntitle: a\r\n---\r\n'],
    ['a byte order mark', '\uFEFF---\ntitle: a\n---\n'],
    ['no final line break', '---\ntitle: a\n---'],
    ['characters beyond ASCII', '---\ntitle: é 日本 😀 \u2028\n---\n'],
    ['no byte at all', ''],
  ])('a text with %s is written byte for byte', async (_, text) => {
    checkout.write('b/b.md', text.includes('\r') ? 'old\r\n' : 'old\n');

    await exportInto(checkout, { texts: { a: text, b: text } });
    const again = await exportInto(checkout, { texts: { a: text, b: text } });

    expect(checkout.read('a/a.md')).toBe(text);
    expect(checkout.read('b/b.md')).toBe(text);
    expect(again.actions).toEqual(['unchanged a/a.md', 'unchanged b/b.md']);
  });

  test('an additional byte order mark is a difference', async () => {
    checkout.write('a/a.md', 'A\n');

    const { actions } = await exportInto(checkout, { texts: { a: '\uFEFFA\n' } });

    expect(actions).toEqual(['updated a/a.md']);
  });

  test('a file that is already equal is not touched', async () => {
    const file = checkout.write('a/a.md', 'A\n');
    utimesSync(file, LONG_AGO, LONG_AGO);
    const before = statSync(file, { bigint: true });

    const { actions } = await exportInto(checkout, { texts: { a: 'A\n' } });

    expect(actions).toEqual(['unchanged a/a.md']);
    const after = statSync(file, { bigint: true });
    expect([after.mtimeNs, after.ctimeNs, after.ino]).toEqual([
      before.mtimeNs,
      before.ctimeNs,
      before.ino,
    ]);
  });

  test.each([
    ['0640', 0o640],
    ['0755', 0o755],
    ['0444', 0o444],
  ])('a file with mode %s keeps it', async (_, mode) => {
    const file = checkout.write('a/a.md', 'old\n');
    chmodSync(file, mode);

    await exportInto(checkout, { texts: { a: 'A\n' } });

    expect(checkout.read('a/a.md')).toBe('A\n');
    expect(statSync(file).mode & 0o7777).toBe(mode);
  });

  testIf(
    giveAway,
    { title: 'a file of another user stays theirs', needs: 'root' },
    async (giveFileAway) => {
      const file = checkout.write('a/a.md', 'old\n');
      giveFileAway(file);

      await exportInto(checkout, { texts: { a: 'A\n' } });

      expect(checkout.read('a/a.md')).toBe('A\n');
      expect([statSync(file).uid, statSync(file).gid]).toEqual(STRANGER);
    }
  );

  test('texts are read one at a time, each after the previous one is written', async () => {
    const seen: string[][] = [];

    await exportIntoFolder({
      folder: await openFolder(checkout.dir),
      shape,
      exporter: {
        ...createExporter({}),
        async *texts() {
          for (const slug of ['a', 'b', 'c']) {
            seen.push(checkout.list());
            yield { slug, text: slug };
          }
        },
      },
      check: false,
      prune: false,
      force: false,
    });

    expect(seen).toEqual([[], ['a/a.md'], ['a/a.md', 'b/b.md']]);
  });
});

describe('links', () => {
  let elsewhere: Checkout;
  beforeEach(() => {
    elsewhere = createCheckout();
  });
  afterEach(() => elsewhere.drop());

  test('a file that is a link out of the folder is rejected, and its target stays', async () => {
    const target = elsewhere.write('a.md', 'precious\n');
    mkdirSync(checkout.path('a'));
    symlinkSync(target, checkout.path('a/a.md'));

    const { actions, findings } = await exportInto(checkout, { texts: { a: 'A\n', b: 'B\n' } });

    expect(actions).toEqual(['failed a/a.md', 'created b/b.md']);
    expect(findings).toEqual([
      `a/a.md not-written: a link leads out of the folder, to ${target}: nothing is written there, remove the link`,
    ]);
    expect(elsewhere.read('a.md')).toBe('precious\n');
  });

  test.each([
    ['with the file', true],
    ['without a file', false],
  ])('a folder that is a link out of the checkout is rejected, %s', async (_, hasFile) => {
    if (hasFile) elsewhere.write('a.md', 'precious\n');
    const before = elsewhere.list();
    symlinkSync(elsewhere.dir, checkout.path('a'));

    const { actions, findings } = await exportInto(checkout, { texts: { a: 'A\n' } });

    expect(actions).toEqual(['failed a/a.md']);
    expect(findings[0]).toContain(`a link leads out of the folder, to ${elsewhere.dir}/a.md`);
    expect(elsewhere.list()).toEqual(before);
  });

  test('a folder whose name only begins with that of the checkout is outside', async () => {
    const inner = checkout.path('site');
    mkdirSync(inner);
    checkout.write('site-b/a.md', 'precious\n');
    symlinkSync('../site-b', checkout.path('site/a'));

    const { actions } = await exportInto(checkout, { texts: { a: 'A\n' } }, { dir: inner });

    expect(actions).toEqual(['failed a/a.md']);
    expect(checkout.read('site-b/a.md')).toBe('precious\n');
  });

  test('a link that stays inside is followed and stays a link', async () => {
    checkout.write('shared/text.md', 'old\n');
    mkdirSync(checkout.path('a'));
    symlinkSync('../shared/text.md', checkout.path('a/a.md'));
    checkout.write('real/b.md', 'old\n');
    symlinkSync('real', checkout.path('b'));

    const { actions } = await exportInto(checkout, { texts: { a: 'A\n', b: 'B\n' } });

    expect(actions).toEqual(['updated a/a.md', 'updated b/b.md']);
    expect(checkout.read('shared/text.md')).toBe('A\n');
    expect(checkout.read('real/b.md')).toBe('B\n');
    expect(checkout.list()).toEqual(['a/a.md', 'b', 'real/b.md', 'shared/text.md']);
  });

  test('a checkout can be named by a link', async () => {
    symlinkSync(checkout.dir, elsewhere.path('link'));

    const { actions } = await exportInto(
      checkout,
      { texts: { a: 'A\n' } },
      { dir: elsewhere.path('link') }
    );

    expect(actions).toEqual(['created a/a.md']);
    expect(checkout.list()).toEqual(['a/a.md']);
  });

  test('a link that leads nowhere, or to itself, is rejected', async () => {
    symlinkSync('nowhere.md', checkout.path('a.md'));
    symlinkSync('b.md', checkout.path('b.md'));

    const { findings } = await exportInto(checkout, { texts: { a: 'A\n', b: 'B\n' } });

    expect(findings).toEqual([
      'a.md not-written: the link leads nowhere: remove it',
      'b.md not-written: the file cannot be reached (ELOOP: a link leads to itself, remove it)',
    ]);
    expect(checkout.list()).toEqual(['a.md', 'b.md']);
  });

  test('two names of one file are not duplicates, but two documents cannot share it', async () => {
    checkout.write('a/a.md', 'old\n');
    symlinkSync('a/a.md', checkout.path('a.md'));
    symlinkSync('a/a.md', checkout.path('b.md'));

    const { actions, findings } = await exportInto(checkout, { texts: { a: 'A\n', b: 'B\n' } });

    expect(actions).toEqual(['updated a/a.md', 'failed b.md']);
    expect(findings).toEqual([
      "b.md not-written: this is also the file of 'a', which comes first: remove the link",
    ]);
    expect(checkout.read('a/a.md')).toBe('A\n');
  });
});

describe('with check', () => {
  test('nothing is written, and each change is a diff', async () => {
    checkout.write('a/a.md', 'one\ntwo\n');
    checkout.write('b/b.md', 'B\n');

    const { actions, diff } = await exportInto(
      checkout,
      { texts: { a: 'one\n2\n', b: 'B\n', c: 'C\n' } },
      { check: true }
    );

    expect(actions).toEqual(['updated a/a.md', 'unchanged b/b.md', 'created c/c.md']);
    expect(diff.slice(2)).toEqual(['@@ -1,2 +1,2 @@', ' one', '-two', '+2']);
    expect(checkout.list()).toEqual(['a/a.md', 'b/b.md']);
    expect(checkout.read('a/a.md')).toBe('one\ntwo\n');
  });
});

describe('a file with changes that the CMS never saw', () => {
  const content = { texts: { a: 'A\n', b: 'B\n' }, known: { a: ['older\n'], b: [] } };

  beforeEach(() => {
    checkout.write('a/a.md', 'older\n');
    checkout.write('b/b.md', 'mine\n');
  });

  test('is kept and reported, and the others are written', async () => {
    const { actions, findings } = await exportInto(checkout, content);

    expect(actions).toEqual(['updated a/a.md', 'kept b/b.md']);
    expect(findings).toEqual([
      'b/b.md unseen-changes: the file holds changes that the CMS has not published: import it, and publish the document if the import went into its draft; or write over them with --force',
    ]);
    expect(checkout.read('b/b.md')).toBe('mine\n');
  });

  test('is shown with its differences by --check', async () => {
    const { actions, diff } = await exportInto(checkout, content, { check: true });

    expect(actions).toEqual(['updated a/a.md', 'kept b/b.md']);
    expect(diff).toEqual(expect.arrayContaining(['-mine', '+B']));
  });

  test('is overwritten with --force', async () => {
    const { actions } = await exportInto(checkout, content, { force: true });

    expect(actions).toEqual(['updated a/a.md', 'updated b/b.md']);
    expect(checkout.read('b/b.md')).toBe('B\n');
  });
});

describe('line ends', () => {
  test('alone make no difference, not even to --check', async () => {
    checkout.write('a/a.md', 'A\r\nB\r\n');
    const content = { texts: { a: 'A\nB\n' } };

    expect((await exportInto(checkout, content, { check: true })).actions).toEqual([
      'unchanged a/a.md',
    ]);
    expect((await exportInto(checkout, content)).actions).toEqual(['unchanged a/a.md']);
    expect(checkout.read('a/a.md')).toBe('A\r\nB\r\n');
  });

  test('of an overwritten file stay', async () => {
    checkout.write('a/a.md', 'A\r\nB\r\n');
    checkout.write('b/b.md', 'A\nB\n');
    const texts = { a: 'A\nC\nB\n', b: 'A\r\nC\r\nB\r\n' };
    const content = { texts, known: { a: ['A\nB\n'], b: ['A\r\nB\r\n'] } };

    const { diff } = await exportInto(checkout, content, { check: true });
    expect(diff.filter((line) => /^[+-][A-Z]/.test(line))).toEqual(['+C\\r', '+C']);
    const { actions } = await exportInto(checkout, content);

    expect(actions).toEqual(['updated a/a.md', 'updated b/b.md']);
    expect(checkout.read('a/a.md')).toBe('A\r\nC\r\nB\r\n');
    expect(checkout.read('b/b.md')).toBe('A\nC\nB\n');
  });
});

describe('a file that is saved while the export runs', () => {
  const exportWhile = async (save: () => void, options: { prune?: boolean; force?: boolean }) => {
    const departures: Departure[] = [{ slug: 'gone', reason: 'deleted' }];
    const exporter = createExporter({
      texts: { a: 'A2\n' },
      departures,
      known: { a: ['A\n'], gone: ['G\n'] },
    });
    const { isKnownText } = exporter;
    exporter.isKnownText = async (...args) => {
      save();
      return isKnownText(...args);
    };
    const folder = await openFolder(checkout.dir);
    const task = { folder, shape, exporter, check: false, prune: false, force: false, ...options };
    return (await exportIntoFolder(task)).files.map(({ action, issues }) => [
      action,
      ...issues.map(({ code }) => code),
    ]);
  };

  test('is not overwritten', async () => {
    checkout.write('a/a.md', 'A\n');

    expect(await exportWhile(() => checkout.write('a/a.md', 'mine\n'), {})).toEqual([
      ['kept', 'unseen-changes'],
    ]);
    expect(checkout.list()).toEqual(['a/a.md']);
    expect(checkout.read('a/a.md')).toBe('mine\n');
  });

  test('is not removed', async () => {
    checkout.write('a/a.md', 'A2\n');
    checkout.write('gone/gone.md', 'G\n');

    const save = () => checkout.write('gone/gone.md', 'mine\n');
    expect(await exportWhile(save, { prune: true })).toEqual([
      ['unchanged'],
      ['departed', 'not-removed'],
    ]);
    expect(checkout.read('gone/gone.md')).toBe('mine\n');
  });
});
