import { runs } from '../../../../../tests/helpers/property-runs';
import { articles, fileOf, issuesOf, validLines } from '../testing/shape';
import { read } from './read';

test('nesting of 32 levels is taken', () => {
  const file = fileOf(...validLines, `x: ${'['.repeat(31)}${']'.repeat(31)}`);

  expect(issuesOf(file)).toEqual(["4:1 note unknown-key x: unknown key 'x': kept as it is"]);
});

test('an alias bomb is refused at its first alias, before it goes off', () => {
  const level = (name: string, from: string) => `${name}: &${name} [${Array(10).fill(from)}]`;
  const bomb = fileOf(
    ...validLines,
    level('a', 'x'),
    ...[...'bcdefghij'].map((name, index) => level(name, `*${'abcdefghi'[index]}`))
  );

  expect(issuesOf(bomb)).toEqual([
    '5:8 error alias-limit aliases stand for more than 100 values: write the values out',
  ]);
});

test('a file of 100 aliases is read, one of 101 is refused at the last', () => {
  const fileWith = (...aliases: string[]) =>
    fileOf(...validLines, 'x: [&a A, &b B]', `questions: [${aliases.join(', ')}]`);
  const aliases = [...Array<string>(50).fill('*a'), ...Array<string>(50).fill('*b')];

  expect(read(articles, fileWith(...aliases)).kind).toBe('valid');
  expect(issuesOf(fileWith(...aliases, '*a'))).toEqual([
    '5:413 error alias-limit aliases stand for more than 100 values: write the values out',
  ]);
});

const openGroups = (levels: number) => '{a: '.repeat(levels);
const indentedGroups = (levels: number) =>
  Array.from({ length: levels }, (_, level) => `${' '.repeat(level)}a:`).join('\n');

/** As many as a file of 1 MiB holds, or a third of them. */
const MOST_BRACKETS = runs(500_000);
const MOST_BRACES = runs(250_000);

test.each([
  ['1,000 closed brackets', `summary: ${'['.repeat(1_000)}${']'.repeat(1_000)}`, '4:41'],
  ['100,000 closed brackets', `summary: ${'['.repeat(100_000)}${']'.repeat(100_000)}`, '4:41'],
  [
    'the most closed brackets',
    `summary: ${'['.repeat(MOST_BRACKETS)}${']'.repeat(MOST_BRACKETS)}`,
    '4:41',
  ],
  ['1,000 open brackets', `summary: ${'['.repeat(1_000)}`, '4:41'],
  ['the most open brackets', `summary: ${'['.repeat(MOST_BRACKETS)}`, '4:41'],
  ['1,000 open braces', `summary: ${openGroups(1_000)}`, '4:134'],
  ['the most open braces', `summary: ${openGroups(MOST_BRACES)}`, '4:134'],
  ['1,000 hyphens', `summary:\n  ${'- '.repeat(1_000)}`, '5:65'],
  ['the most hyphens', `summary:\n  ${'- '.repeat(MOST_BRACKETS)}`, '5:65'],
  ['1,000 indented lines', indentedGroups(1_000), '36:33'],
  ['1,400 indented lines', indentedGroups(1_400), '36:33'],
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
])('60,000 different %s are read', (_, key, indent) => {
  const items = times(60_000, (index) => `${indent}- i${index}`);

  expect(read(articles, fileOf(...validLines, key, ...items))).toMatchObject({
    kind: 'valid',
    issues: [],
  });
});

test('20,000 unknown keys are each noted, at the top and in a group', () => {
  const keys = times(20_000, (index) => `k${index}: 1`);
  const nested = times(20_000, (index) => `  k${index}: 1`);
  const result = read(articles, fileOf(...validLines, ...keys, 'meta:', ...nested));

  expect(result.kind).toBe('valid');
  expect(result.issues).toHaveLength(40_000);
  expect(result.issues.at(-1)).toMatchObject({ path: 'meta.k19999', line: 40_004, column: 3 });
});

test('20,000 times the same key are 19,999 issues', () => {
  const { issues } = read(articles, fileOf(...validLines, ...times(20_000, () => 'k: 1')));

  expect(issues).toHaveLength(19_999);
  expect(issues.at(-1)).toMatchObject({ code: 'duplicate-key', path: 'k', line: 20_003 });
});

test('20,000 anchors are fine', () => {
  const anchors = times(20_000, (index) => `  k${index}: &k${index} a`);
  const aliases = times(100, (index) => `  - *k${index}`);
  const result = read(articles, fileOf(...validLines, 'x:', ...anchors, 'questions:', ...aliases));

  expect(result).toMatchObject({ kind: 'valid', issues: [{ code: 'unknown-key', path: 'x' }] });
});

test('20,000 aliases are refused with one issue', () => {
  const aliases = times(20_000, (index) => `k${index}: *a`);

  expect(issuesOf(fileOf(...validLines, 'summary: &a x', ...aliases))).toEqual([
    '105:7 error alias-limit aliases stand for more than 100 values: write the values out',
  ]);
});

test('the limit of 1 MiB counts bytes, not characters', () => {
  expect(issuesOf(fileOf(...validLines) + 'é'.repeat(600_000))).toEqual([
    '1:1 error too-large the file has 1200028 bytes, the limit is 1048576: move long text out of it',
  ]);
});
