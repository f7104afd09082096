import { articles, fileOf, issuesOf, validLines } from '../testing/shape';
import { MAX_BODY_BYTES } from './limits';
import { read } from './read';

test('nesting of 32 levels is accepted', () => {
  const file = fileOf(...validLines, `x: ${'['.repeat(31)}${']'.repeat(31)}`);

  expect(issuesOf(file)).toEqual(["4:1 note unknown-key x: unknown key 'x': kept as it is"]);
});

test('an alias bomb is refused at its first alias, before it is expanded', () => {
  const level = (name: string, from: string) => `${name}: &${name} [${Array(10).fill(from)}]`;
  const bomb = fileOf(
    ...validLines,
    level('a', 'x'),
    ...[...'bcdefghij'].map((name, index) => level(name, `*${'abcdefghi'[index]}`))
  );

  expect(issuesOf(bomb)).toEqual([
    '5:8 error alias-limit aliases expand to more than 100 values: write the values out',
  ]);
});

test('a file with 100 aliases is read, one with 101 is refused at the last one', () => {
  const fileWith = (...aliases: string[]) =>
    fileOf(...validLines, 'x: [&a A, &b B]', `questions: [${aliases.join(', ')}]`);
  const aliases = [...Array<string>(50).fill('*a'), ...Array<string>(50).fill('*b')];

  expect(read(articles, fileWith(...aliases)).kind).toBe('valid');
  expect(issuesOf(fileWith(...aliases, '*a'))).toEqual([
    '5:413 error alias-limit aliases expand to more than 100 values: write the values out',
  ]);
});

const openGroups = (levels: number) => '{a: '.repeat(levels);
const indentedGroups = (levels: number) =>
  Array.from({ length: levels }, (_, level) => `${' '.repeat(level)}a:`).join('\n');

test.each([
  ['1,000 closed brackets', `summary: ${'['.repeat(1_000)}${']'.repeat(1_000)}`, '4:41'],
  ['9,000 closed brackets', `summary: ${'['.repeat(9_000)}${']'.repeat(9_000)}`, '4:41'],
  ['1,000 open brackets', `summary: ${'['.repeat(1_000)}`, '4:41'],
  ['9,000 open brackets', `summary: ${'['.repeat(9_000)}`, '4:41'],
  ['1,000 open braces', `summary: ${openGroups(1_000)}`, '4:134'],
  ['4,000 open braces', `summary: ${openGroups(4_000)}`, '4:134'],
  ['1,000 hyphens', `summary:\n  ${'- '.repeat(1_000)}`, '5:65'],
  ['9,000 hyphens', `summary:\n  ${'- '.repeat(9_000)}`, '5:65'],
  ['700 indented lines', indentedGroups(700), '36:33'],
])('nesting of %s is refused once, where it gets too deep', (_, nested, position) => {
  expect(issuesOf(fileOf(...validLines, nested))).toEqual([
    `${position} error too-deep more than 32 levels of nesting: flatten this value`,
  ]);
});

const times = <T>(count: number, item: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => item(index));

test.each([
  ['links', 'related:', '  '],
  ['names', 'meta:\n  keywords:', '    '],
  ['texts', 'questions:', '  '],
])('9,900 different %s are read', (_, key, indent) => {
  const items = times(9_900, (index) => `${indent}- i${index}`);

  expect(read(articles, fileOf(...validLines, key, ...items))).toMatchObject({
    kind: 'valid',
    issues: [],
  });
});

test('2,000 unknown keys are each noted, at the top and in a group', () => {
  const keys = times(2_000, (index) => `k${index}: 1`);
  const nested = times(2_000, (index) => `  k${index}: 1`);
  const result = read(articles, fileOf(...validLines, ...keys, 'meta:', ...nested));

  expect(result.kind).toBe('valid');
  expect(result.issues).toHaveLength(4_000);
  expect(result.issues.at(-1)).toMatchObject({ path: 'meta.k1999', line: 4_004, column: 3 });
});

test('the same key 4,000 times causes 3,999 issues', () => {
  const { issues } = read(articles, fileOf(...validLines, ...times(4_000, () => 'k: 1')));

  expect(issues).toHaveLength(3_999);
  expect(issues.at(-1)).toMatchObject({ code: 'duplicate-key', path: 'k', line: 4_003 });
});

test('4,000 anchors are accepted', () => {
  const anchors = times(4_000, (index) => `  k${index}: &k${index} a`);
  const aliases = times(100, (index) => `  - *k${index}`);
  const result = read(articles, fileOf(...validLines, 'x:', ...anchors, 'questions:', ...aliases));

  expect(result).toMatchObject({ kind: 'valid', issues: [{ code: 'unknown-key', path: 'x' }] });
});

test('4,000 aliases are refused with one issue', () => {
  const aliases = times(4_000, (index) => `k${index}: *a`);

  expect(issuesOf(fileOf(...validLines, 'summary: &a x', ...aliases))).toEqual([
    '105:7 error alias-limit aliases expand to more than 100 values: write the values out',
  ]);
});

test('a few aliases that stand for more than 10,000 values in total are refused', () => {
  const large = `x: &a [${times(2_600, (index) => index).join(', ')}]`;
  const fileWith = (...keys: string[]) => fileOf(large, ...validLines, ...keys);

  expect(read(articles, fileWith('k1: *a', 'k2: *a', 'k3: *a')).kind).toBe('valid');
  expect(issuesOf(fileWith('k1: *a', 'k2: *a', 'k3: *a', 'k4: *a'))).toEqual([
    '8:5 error alias-limit aliases expand to more than 10000 values: write the values out',
  ]);
});

test('the first 100 mistakes of a text that is not YAML are reported', () => {
  expect(issuesOf(fileOf(...validLines, ...times(2_000, () => '}')))).toHaveLength(100);
});

describe('the size of the frontmatter', () => {
  const ofBytes = (bytes: number) => {
    const start = "---\ntitle: 'T'\norder: 1\nsummary: '";
    const end = "'\n---\n";
    return start + 'x'.repeat(bytes - start.length - end.length) + end;
  };

  test('is limited to 256 KiB, its fences included', () => {
    expect(read(articles, ofBytes(256 * 1024)).kind).toBe('valid');
    expect(issuesOf(ofBytes(256 * 1024 + 1))).toEqual([
      '1:1 error too-large the frontmatter has 257 kB, the limit is 256 kB: move long text out of it',
    ]);
  });

  test('counts bytes, not characters', () => {
    expect(issuesOf(fileOf(...validLines, `summary: ${'é'.repeat(131_072)}`))).toEqual([
      expect.stringContaining('the frontmatter has 257 kB'),
    ]);
  });

  const TOO_MANY =
    '1:1 error too-large the frontmatter has more than 10000 keys, values and list items, or too many comments, blank lines and signs between them: move some out of it';

  test.each<[string, (count: number) => string]>([
    ['list items', (count) => `x:\n${'  - a\n'.repeat(count)}`],
    ['list items without a value', (count) => `x:\n${'  -\n'.repeat(count)}`],
    ['items of a flow list', (count) => `x: [${'a, '.repeat(count)}]`],
    [
      'items of a flow list in quotes',
      (count) => `x: [${times(count, () => `"it's", 'a'`).join(', ')}]`,
    ],
    ['keys without a value', (count) => times(count, (index) => `k${index}:`).join('\n')],
    ['explicit keys', (count) => times(count, (index) => `? k${index}`).join('\n')],
    ['keys with a text', (count) => times(count, (index) => `k${index}: |\n  a`).join('\n')],
  ])('with more than 10,000 nodes is refused: %s', (_, nodes) => {
    expect(issuesOf(fileOf(...validLines, nodes(10_001)))).toEqual([TOO_MANY]);
    expect(read(articles, fileOf(...validLines, nodes(4_900))).kind).toBe('valid');
  });

  test.each<[string, string]>([
    ['blank lines', '\n'.repeat(90_000)],
    ['comments', '#\n'.repeat(60_000)],
    ['commas', `x: [${','.repeat(20_000)}]`],
    ['colons', ': \n'.repeat(10_001)],
    ['brackets', ']'.repeat(90_000)],
  ])('with countless %s is refused', (_, lines) => {
    expect(issuesOf(fileOf(...validLines, lines))).toEqual([TOO_MANY]);
  });
});

test('the body is limited to 1 MiB', () => {
  const file = fileOf(...validLines);

  expect(read(articles, file + 'é'.repeat(MAX_BODY_BYTES / 2)).kind).toBe('valid');
  expect(issuesOf(`${file}${'é'.repeat(MAX_BODY_BYTES / 2)}x`)).toEqual([
    '5:1 error too-large the body has 1025 kB, the limit is 1024 kB: move long text out of it',
  ]);
});

test('a file larger than both limits together is refused as a whole', () => {
  expect(issuesOf(fileOf(...validLines) + 'é'.repeat(700_000))).toEqual([
    '1:1 error too-large the file has 1400028 bytes, the limit is 1310720: move long text out of it',
  ]);
});
