import { symlinkSync } from 'node:fs';
import { createCheckout, shape, type Checkout } from './export/testing/checkout';
import { findFiles } from './find-files';
import { skippedPlain } from './skipped';

let checkout: Checkout;

beforeEach(() => {
  checkout = createCheckout();
});

afterEach(() => checkout.drop());

test('files that may hold markdown but are not read are listed with the reason', async () => {
  checkout.write('a.md', '');
  checkout.write('topics/b.md', '');
  checkout.write('c.mdx', '');
  checkout.write('d.markdown', '');
  checkout.write('e.MD', '');
  checkout.write('.f.md', '');
  checkout.write('.git/g.md', '');
  checkout.write('logo.png', '');
  symlinkSync('a.md', checkout.path('h.md'));
  symlinkSync('nowhere.md', checkout.path('i.md'));
  symlinkSync('topics', checkout.path('j'));
  symlinkSync('logo.png', checkout.path('k.png'));

  const { files, skipped } = await findFiles(shape, [checkout.dir]);

  expect(files.map(({ slug }) => slug)).toEqual(['a']);
  const listed = skipped.map(({ file, reason }) => [file.slice(checkout.dir.length + 1), reason]);
  expect(Object.fromEntries(listed)).toEqual({
    'topics/b.md': 'name',
    'c.mdx': 'extension',
    'd.markdown': 'extension',
    'e.MD': 'extension',
    '.f.md': 'hidden',
    'h.md': 'link',
    'i.md': 'link',
    j: 'link',
  });
});

test('a named file is always found or reported', async () => {
  const named = [checkout.write('a.mdx', ''), checkout.path('nowhere.md')];
  symlinkSync('b.md', checkout.path('link.md'));
  checkout.write('b.md', '');

  const { files, unreadable } = await findFiles(shape, [...named, checkout.path('link.md')]);

  expect(unreadable.map(({ reason }) => reason)).toEqual([
    'only files that end in .md are read: rename it',
    'no such file or folder: check the path',
  ]);
  expect(files).toMatchObject([{ slug: 'link', isNamed: true }]);
});

test('a file stays named if it is also found in a folder', async () => {
  const file = checkout.write('a.md', '');

  for (const paths of [
    [file, checkout.dir],
    [checkout.dir, file],
  ]) {
    expect((await findFiles(shape, paths)).files).toMatchObject([{ slug: 'a', isNamed: true }]);
  }
});

test.each([
  ['\n---\ntitle: T\n---\n', 'blank'],
  ['\uFEFF \r\n\r\n---\r\ntitle: T\r\n---\r\n', 'blank'],
  ['---yaml\ntitle: T\n---\n', 'fence'],
  ['--- # a comment\ntitle: T\n---\n', 'fence'],
  ['+++\ntitle = "T"\n+++\n', 'toml'],
  ['# Title\n\n---\n', 'plain'],
  ['----\n', 'plain'],
  ['', 'plain'],
])('%j is skipped as %s', (text, reason) => {
  expect(skippedPlain({ file: 'a.md', bytes: Buffer.from(text) }).reason).toBe(reason);
});
