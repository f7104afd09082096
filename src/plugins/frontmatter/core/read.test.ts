import fc from 'fast-check';
import { read } from './read';
import { articleBody, articles, fileOf, lineOf } from './testing/shape';

const valid = ["title: 'T'", 'order: 1'];

const linesOf = (file: string | Uint8Array): string[] => read(articles, file).issues.map(lineOf);

test('a valid file gives its frontmatter, its body and no issue', () => {
  const file = fileOf(
    "title: 'First steps'",
    'summary: |',
    '  One',
    '',
    '  Two',
    'order: 2',
    'rating: 0.5',
    'isPinned: true',
    'layout: wide',
    'author:',
    '  url: https://example.com/ada',
    '  contact:',
    "    label: 'Write: # to'",
    'meta:',
    '  width: 968.25',
    '  published: 2026-05-01',
    '  keywords: [guide, "how to"]',
    'related:',
    '  - second-steps',
    'questions:',
    "  - 'Why?'"
  );

  expect(read(articles, `${file}# Body\n`)).toMatchObject({
    kind: 'valid',
    frontmatter: {
      title: 'First steps',
      summary: 'One\n\nTwo\n',
      order: 2,
      rating: 0.5,
      isPinned: true,
      layout: 'wide',
      author: { url: 'https://example.com/ada', contact: { label: 'Write: # to' } },
      meta: { width: 968.25, published: '2026-05-01', keywords: ['guide', 'how to'] },
      related: ['second-steps'],
      questions: ['Why?'],
    },
    body: '# Body\n',
    issues: [],
  });
});

test('bytes and text are read alike', () => {
  const file = fileOf("title: 'Né'", 'order: 1');

  expect(read(articles, new TextEncoder().encode(file))).toMatchObject({
    kind: 'valid',
    frontmatter: { title: 'Né', order: 1 },
    body: '',
  });
});

test('a byte order mark, CRLF, mixed line ends and spaces after fences make no difference', () => {
  const file = [
    '\uFEFF---  \r\n',
    'title: "T\r\n  U"\r\n',
    'order: 1\n',
    'summary: |\r\n  a\r\n  ---\n  b\r\n',
    'questions:\r\n  - >-\r\n    c\r\n    d\r\n',
    '--- \t\r\n',
    'x\r\ny\n---\r\n',
  ].join('');

  expect(read(articles, file)).toMatchObject({
    kind: 'valid',
    frontmatter: { title: 'T U', order: 1, summary: 'a\n---\nb\n', questions: ['c d'] },
    body: 'x\ny\n---\n',
    issues: [],
  });
});

test.each([
  ['an empty body', ''],
  ['a body without a final line end', 'a\nb'],
  ['empty lines around the body', '\n\na\n\n'],
  ['a body with rules', '---\na: 1\n---\n'],
  ['trailing spaces, tabs and a no-break space', 'a  \n\tb\u00a0\n'],
  ['a byte order mark in the body', 'a\uFEFFb'],
])('%s comes back exactly', (_, body) => {
  expect(read(articles, fileOf(...valid) + body)).toMatchObject({ kind: 'valid', body });
});

test('a body must not hold NUL, which is found at its line and column', () => {
  const file = fileOf(...valid) + 'a\n\nbc\0d\n';
  const issue =
    '7:3 error forbidden-character the body holds the character U+0000, which cannot be stored: remove it';

  expect(read(articles, file).kind).toBe('invalid');
  expect(linesOf(file)).toEqual([issue]);
  expect(linesOf(`\uFEFF${file.replaceAll('\n', '\r\n')}`)).toEqual([issue]);
  expect(linesOf(`${fileOf(...valid)}\0`)).toEqual([issue.replace('7:3', '5:1')]);
});

test('a NUL in the body is reported after what is wrong with the frontmatter', () => {
  expect(linesOf(`${fileOf("title: 'T'", 'order: "\\0"')}😀\0`)).toEqual([
    "3:8 error invalid-type order: expected a whole number, such as 2, found the text '\\u0000'",
    '5:3 error forbidden-character the body holds the character U+0000, which cannot be stored: remove it',
  ]);
});

test('text of a body that looks wrongly decoded is noted once, where it first stands', () => {
  const file = `${fileOf(...valid)}# Café\n\nWhat Iâ€™ve\nlearnt: cafÃ©\n`;
  const issue =
    "7:7 note wrongly-decoded '…Iâ€™ve…' looks wrongly decoded (perhaps '…I’ve…'): it is kept as it is";

  expect(read(articles, file)).toMatchObject({
    kind: 'valid',
    body: '# Café\n\nWhat Iâ€™ve\nlearnt: cafÃ©\n',
  });
  expect(linesOf(file)).toEqual([issue]);
  expect(linesOf(`\uFEFF${file.replaceAll('\n', '\r\n')}`)).toEqual([issue]);
});

test('what is found in a body is reported in its order', () => {
  expect(linesOf(`${fileOf(...valid)}Ã©\0`).map((line) => line.split(' ')[0])).toEqual([
    '5:1',
    '5:3',
  ]);
});

test('other control characters of a body are kept', () => {
  expect(read(articles, `${fileOf(...valid)}a\u0001\u001b[31m\u007f\uFFFE`)).toMatchObject({
    kind: 'valid',
    body: 'a\u0001\u001b[31m\u007f\uFFFE',
    issues: [],
  });
});

test.each([
  [
    'a file without fences',
    'title: T\n',
    '1:1 error missing-frontmatter no frontmatter: the first line of the file must be --- alone',
  ],
  [
    'a file with an open fence',
    '---\ntitle: T\n',
    '1:1 error unclosed-frontmatter the frontmatter is never closed: add a line of --- alone after its last key',
  ],
  [
    'frontmatter that is a list',
    fileOf('- a', '- b'),
    '2:1 error invalid-type the frontmatter must consist of keys with values, such as title: My title',
  ],
  [
    'frontmatter that is a text',
    fileOf('# comment', 'hello'),
    '3:1 error invalid-type the frontmatter must consist of keys with values, such as title: My title',
  ],
  [
    'a key that stands twice',
    fileOf(...valid, 'title: U'),
    '4:1 error duplicate-key title: this key stands twice: remove or rename one',
  ],
  [
    'a nested key that stands twice',
    fileOf(...valid, 'meta:', '  width: 1', '  width: 2'),
    '6:3 error duplicate-key meta.width: this key stands twice: remove or rename one',
  ],
  [
    'a key in braces that stands twice',
    fileOf(...valid, 'author: {url: u, contact: {phone: 1, label: a, phone: 2}}'),
    '4:48 error duplicate-key author.contact.phone: this key stands twice: remove or rename one',
  ],
  [
    'an unknown key that stands twice, deep down',
    fileOf(...valid, 'a:', '  b:', '    c: 1', '    d: 2', '    "c": 3'),
    '8:5 error duplicate-key a.b.c: this key stands twice: remove or rename one',
  ],
  [
    'a key that stands twice, once as a number and once as text',
    fileOf(...valid, '5: a', "'5': b"),
    '5:1 error duplicate-key 5: this key stands twice: remove or rename one',
  ],
  [
    'a key named __proto__',
    fileOf(...valid, '__proto__: 1'),
    '4:1 error forbidden-key __proto__: a key must not be named __proto__: rename it',
  ],
  [
    'a nested key named __proto__',
    fileOf(...valid, 'meta:', '  __proto__:', '    a: 1'),
    '5:3 error forbidden-key meta.__proto__: a key must not be named __proto__: rename it',
  ],
  [
    'a quoted key named __proto__',
    fileOf(...valid, 'meta: {"__proto__": 1}'),
    '4:8 error forbidden-key meta.__proto__: a key must not be named __proto__: rename it',
  ],
  [
    'a custom tag',
    fileOf(...valid, 'summary: !env SECRET'),
    '4:10 error invalid-yaml unresolved tag: !env: remove the tag',
  ],
  [
    'a tag of a programming language',
    fileOf(...valid, 'summary: !!js/function "f"'),
    '4:10 error invalid-yaml unresolved tag: tag:yaml.org,2002:js/function: remove the tag',
  ],
  [
    'a tag of older YAML',
    fileOf(...valid, 'meta: !!omap [width: 1]'),
    '4:7 error invalid-yaml unresolved tag: tag:yaml.org,2002:omap: remove the tag',
  ],
  [
    'a list as a key',
    fileOf(...valid, '? [a, b]', ': 1'),
    '4:3 error invalid-type a key must be plain text: put it in quotes',
  ],
  [
    'a group of keys as a key',
    fileOf(...valid, '{a: b}: c'),
    '4:1 error invalid-type a key must be plain text: put it in quotes',
  ],
  [
    'a key without a name, after a question mark',
    fileOf(...valid, '? : a'),
    '4:3 error invalid-type a key must be plain text: put it in quotes',
  ],
  [
    'an alias as a key',
    fileOf(...valid, 'summary: &p __proto__', 'meta: {*p : 1}'),
    '5:8 error invalid-type a key must be plain text: put it in quotes',
  ],
  [
    'a bracket that stays open',
    fileOf(...valid, 'questions: [a, b', 'summary: x'),
    '5:1 error invalid-yaml flow sequence in block collection must be sufficiently indented and end with a ]: check indentation, quotes and colons here',
  ],
  [
    'an escape that does not exist',
    fileOf(...valid, 'summary: "a\\qb"'),
    '4:12 error invalid-yaml invalid escape sequence \\q: check indentation, quotes and colons here',
  ],
  [
    'a key without a colon',
    fileOf(...valid, 'summary'),
    '4:1 error invalid-yaml implicit map keys need to be followed by map values: check indentation, quotes and colons here',
  ],
  [
    'nesting of 33 levels',
    fileOf(...valid, `summary: ${'['.repeat(32)}${']'.repeat(32)}`),
    '4:41 error too-deep more than 32 levels of nesting: flatten this value',
  ],
  [
    'nesting of 33 groups',
    fileOf(
      ...valid,
      `x: ${'{a: '.repeat(30)}{}${'}'.repeat(30)}`,
      `y: ${'{a: '.repeat(31)}{}${'}'.repeat(31)}`
    ),
    '5:128 error too-deep more than 32 levels of nesting: flatten this value',
  ],
  [
    'an alias without an anchor',
    fileOf(...valid, 'summary: *nope'),
    "4:10 error invalid-yaml the alias 'nope' has no anchor before it: write the value out",
  ],
  [
    'an alias before its anchor',
    fileOf(...valid, 'summary: *later', 'layout: &later wide'),
    "4:10 error invalid-yaml the alias 'later' has no anchor before it: write the value out",
  ],
  [
    'an alias in its own list',
    fileOf(...valid, 'x: &x [*x]'),
    "4:8 error invalid-yaml the alias 'x' stands inside its own anchor: write the value out",
  ],
  [
    'an alias in its own group',
    fileOf(...valid, 'meta: &m', '  width: 1', '  more:', '    - a: *m'),
    "7:10 error invalid-yaml the alias 'm' stands inside its own anchor: write the value out",
  ],
  [
    'a second document without an end of the first',
    fileOf(...valid, '--- # more'),
    '4:1 error invalid-yaml a second YAML document begins here: remove the line of ... or --- that begins it',
  ],
])('%s is refused', (_, file, issue) => {
  expect(read(articles, file).kind).toBe('invalid');
  expect(linesOf(file)).toEqual([issue]);
});

test('nesting of 32 levels is taken', () => {
  const file = fileOf(...valid, `x: ${'['.repeat(31)}${']'.repeat(31)}`);

  expect(linesOf(file)).toEqual(["4:1 note unknown-key x: unknown key 'x': kept as it is"]);
});

test('three times the same key are two issues', () => {
  expect(linesOf(fileOf(...valid, 'meta: {width: 1, width: 2, width: 3}'))).toEqual([
    '4:18 error duplicate-key meta.width: this key stands twice: remove or rename one',
    '4:28 error duplicate-key meta.width: this key stands twice: remove or rename one',
  ]);
});

test('the same key in two groups is no repeat', () => {
  expect(linesOf(fileOf(...valid, 'author: {url: u, title: A}', 'meta:', '  headline: H'))).toEqual(
    []
  );
});

test('keys that stand twice are found in each item of a list', () => {
  const issues = read(
    articles,
    fileOf(...valid, 'x:', '  - a: 1', '    a: 2', '  - {a: 1, a: 2}')
  ).issues;

  expect(issues.map(({ code, line, column }) => `${line}:${column} ${code}`)).toEqual([
    '6:5 duplicate-key',
    '7:12 duplicate-key',
  ]);
});

test('the end of a YAML document within the frontmatter is refused', () => {
  expect(read(articles, fileOf(...valid, '...', 'summary: S'))).toEqual({
    kind: 'invalid',
    issues: [
      expect.objectContaining({
        code: 'invalid-yaml',
        message: expect.stringMatching(/^a second YAML document begins here/),
      }),
    ],
  });
});

test.each([
  [
    'questions',
    ['questions:', '  -', '  - a'],
    '5:4 error invalid-type questions.0: expected text, found nothing: write one text',
  ],
  [
    'related',
    ['related: [a, ~]'],
    '4:14 error invalid-type related.1: expected text, found nothing: write one text',
  ],
  [
    'meta.keywords',
    ['meta:', '  keywords:', '    - a', '    - null'],
    '7:7 error invalid-type meta.keywords.1: expected text, found nothing: write one text',
  ],
])('an empty item of %s is reported at its place', (_, lines, issue) => {
  expect(linesOf(fileOf(...valid, ...lines))).toEqual([issue]);
});

test('what is wrong below an alias is reported where the value is written', () => {
  const file = fileOf(
    ...valid,
    'x: &x {width: wide, widht: 2}',
    'y: &y [5, ~]',
    'meta: *x',
    'questions: *y'
  );

  expect(linesOf(file)).toEqual([
    "4:1 note unknown-key x: unknown key 'x': kept as it is",
    "4:15 error invalid-type meta.width: expected a number, such as 968 or 0.5, found the text 'wide'",
    "4:21 note unknown-key meta.widht: unknown key 'widht': kept as it is; did you mean 'width'?",
    "5:1 note unknown-key y: unknown key 'y': kept as it is",
    "5:8 error invalid-type questions.0: expected text, found the number 5: put it in quotes, '5'",
    '5:11 error invalid-type questions.1: expected text, found nothing: write one text',
  ]);
});

describe('the position of a path', () => {
  const file = fileOf(
    ...valid,
    'summary:',
    'author:',
    '  url: u',
    '  contact: &contact {label: L, phone: }',
    'meta: {keywords: [a, "b"]}',
    'related:',
    '  - first',
    '  -   second',
    'other: *contact',
    '5: x'
  );
  const result = read(articles, file);

  test.each<[string, (string | number)[], string, string]>([
    ['a key', ['title'], '2:1', '2:8'],
    ['a key without a value', ['summary'], '4:1', '4:1'],
    ['a group', ['author'], '5:1', '6:3'],
    ['a key in a group', ['author', 'url'], '6:3', '6:8'],
    ['a group with an anchor', ['author', 'contact'], '7:3', '7:21'],
    ['a key in braces', ['author', 'contact', 'label'], '7:22', '7:29'],
    ['a key in braces without a value', ['author', 'contact', 'phone'], '7:32', '7:32'],
    ['a list', ['related'], '9:1', '10:3'],
    ['an item', ['related', 0], '10:5', '10:5'],
    ['an item after more spaces', ['related', 1], '11:7', '11:7'],
    ['an item in brackets', ['meta', 'keywords', 1], '8:22', '8:22'],
    ['an alias', ['other'], '12:1', '12:8'],
    ['a key below an alias', ['other', 'label'], '7:22', '7:29'],
    ['a number', ['5'], '13:1', '13:4'],
    ['nothing', [], '1:1', '1:1'],
    ['a key that is not there', ['layout'], '1:1', '1:1'],
    ['a key that is not there, in a group', ['author', 'title'], '5:1', '5:1'],
    ['a key that is not there, below an alias', ['other', 'url'], '12:1', '12:1'],
    ['an item that is not there', ['related', 2], '9:1', '9:1'],
    ['a key below a text', ['title', 'a', 0], '2:1', '2:1'],
    ['a key below a key without a value', ['summary', 'a'], '4:1', '4:1'],
  ])('of %s', (_, path, key, value) => {
    const { positionOf } = result as Extract<typeof result, { kind: 'valid' }>;
    const found = positionOf(path);

    expect(`${found.key.line}:${found.key.column}`).toBe(key);
    expect(`${found.value.line}:${found.value.column}`).toBe(value);
  });
});

test('all syntax errors of a file are reported at once, in the order of the file', () => {
  const file = fileOf('title: a: b', 'summary: @x', 'order: "x" y', 'order: 2', '\tx: 1');

  expect(linesOf(file)).toEqual([
    '2:8 error invalid-yaml nested mappings are not allowed in compact mappings: check indentation, quotes and colons here',
    '3:10 error invalid-yaml plain value cannot start with reserved character @: check indentation, quotes and colons here',
    '4:12 error invalid-yaml unexpected scalar at node end: check indentation, quotes and colons here',
    '5:1 error duplicate-key title.order: this key stands twice: remove or rename one',
    '6:1 error invalid-yaml tabs are not allowed as indentation: check indentation, quotes and colons here',
  ]);
});

test('all issues that a shape finds are reported at once, in the order of the file', () => {
  const file = fileOf(
    'colour: red',
    'order: two',
    'meta:',
    '  keywords: [a, b, a]',
    "  published: '2023-02-30'",
    'layout: sometimes'
  );

  expect(linesOf(file)).toEqual([
    "1:1 error missing-key title: the key 'title' is required and is missing: add it",
    "2:1 note unknown-key colour: unknown key 'colour': kept as it is",
    "3:8 error invalid-type order: expected a whole number, such as 2, found the text 'two'",
    "5:20 note repeated-item meta.keywords.2: 'a' stands in this list already: the CMS shows it once and keeps the file's lines",
    "6:14 error invalid-date meta.published: '2023-02-30' is not a date of the calendar: write YYYY-MM-DD, such as '2026-05-01'",
    "7:9 error invalid-choice layout: 'sometimes' is not one of wide, narrow: choose one of these",
  ]);
});

test('positions are those of the file with CRLF, too', () => {
  const file = fileOf("title: 'T'", 'summary: |', '  a', '', '  b', 'order: two');

  expect(linesOf(file.replaceAll('\n', '\r\n'))).toEqual([
    "7:8 error invalid-type order: expected a whole number, such as 2, found the text 'two'",
  ]);
});

test('columns are UTF-16 code units', () => {
  expect(linesOf(fileOf(...valid, 'meta: {headline: "😀é", width: wide}'))).toEqual([
    "4:32 error invalid-type meta.width: expected a number, such as 968 or 0.5, found the text 'wide'",
  ]);
});

test.each([
  ['nothing', '---\n---\n'],
  ['empty lines', fileOf('', '')],
  ['comments', fileOf('# title: T', '# order: 1')],
  ['a null', fileOf('~')],
])('frontmatter of %s lacks its required keys', (_, file) => {
  expect(linesOf(file)).toEqual([
    "1:1 error missing-key title: the key 'title' is required and is missing: add it",
    "1:1 error missing-key order: the key 'order' is required and is missing: add it",
  ]);
});

test('a value may be named and used again', () => {
  expect(read(articles, fileOf('title: &title T', 'order: 1', 'summary: *title'))).toMatchObject({
    kind: 'valid',
    frontmatter: { title: 'T', order: 1, summary: 'T' },
  });
});

test('an alias bomb is refused at its first alias, before it goes off', () => {
  const level = (name: string, from: string) => `${name}: &${name} [${Array(10).fill(from)}]`;
  const bomb = fileOf(
    ...valid,
    level('a', 'x'),
    ...[...'bcdefghij'].map((name, index) => level(name, `*${'abcdefghi'[index]}`))
  );

  expect(linesOf(bomb)).toEqual([
    '5:8 error alias-limit aliases stand for more than 100 values: write the values out',
  ]);
});

test('a file of 100 aliases is read, one of 101 is refused at the last', () => {
  const fileWith = (...aliases: string[]) =>
    fileOf(...valid, 'x: [&a A, &b B]', `questions: [${aliases.join(', ')}]`);
  const aliases = [...Array<string>(50).fill('*a'), ...Array<string>(50).fill('*b')];

  expect(read(articles, fileWith(...aliases)).kind).toBe('valid');
  expect(linesOf(fileWith(...aliases, '*a'))).toEqual([
    '5:413 error alias-limit aliases stand for more than 100 values: write the values out',
  ]);
});

test('groups and lists may be named and used again', () => {
  const file = fileOf(
    ...valid,
    'questions: &list [a, b]',
    'related: *list',
    'x: &x {width: 1}',
    'meta: *x'
  );

  expect(read(articles, file)).toMatchObject({
    kind: 'valid',
    frontmatter: { questions: ['a', 'b'], related: ['a', 'b'], meta: { width: 1 } },
  });
});

const openGroups = (levels: number) => '{a: '.repeat(levels);
const indentedGroups = (levels: number) =>
  Array.from({ length: levels }, (_, level) => `${' '.repeat(level)}a:`).join('\n');

test.each([
  ['1,000 closed brackets', `summary: ${'['.repeat(1_000)}${']'.repeat(1_000)}`, '4:41'],
  ['100,000 closed brackets', `summary: ${'['.repeat(100_000)}${']'.repeat(100_000)}`, '4:41'],
  ['500,000 closed brackets', `summary: ${'['.repeat(500_000)}${']'.repeat(500_000)}`, '4:41'],
  ['1,000 open brackets', `summary: ${'['.repeat(1_000)}`, '4:41'],
  ['500,000 open brackets', `summary: ${'['.repeat(500_000)}`, '4:41'],
  ['1,000 open braces', `summary: ${openGroups(1_000)}`, '4:134'],
  ['250,000 open braces', `summary: ${openGroups(250_000)}`, '4:134'],
  ['1,000 hyphens', `summary:\n  ${'- '.repeat(1_000)}`, '5:65'],
  ['500,000 hyphens', `summary:\n  ${'- '.repeat(500_000)}`, '5:65'],
  ['1,000 indented lines', indentedGroups(1_000), '36:33'],
  ['1,400 indented lines', indentedGroups(1_400), '36:33'],
])('nesting of %s is refused once, where it gets too deep', (_, nested, position) => {
  expect(linesOf(fileOf(...valid, nested))).toEqual([
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

  expect(read(articles, fileOf(...valid, key, ...items))).toMatchObject({
    kind: 'valid',
    issues: [],
  });
});

test('20,000 unknown keys are each noted, at the top and in a group', () => {
  const keys = times(20_000, (index) => `k${index}: 1`);
  const nested = times(20_000, (index) => `  k${index}: 1`);
  const result = read(articles, fileOf(...valid, ...keys, 'meta:', ...nested));

  expect(result.kind).toBe('valid');
  expect(result.issues).toHaveLength(40_000);
  expect(result.issues.at(-1)).toMatchObject({ path: 'meta.k19999', line: 40_004, column: 3 });
});

test('20,000 times the same key are 19,999 issues', () => {
  const { issues } = read(articles, fileOf(...valid, ...times(20_000, () => 'k: 1')));

  expect(issues).toHaveLength(19_999);
  expect(issues.at(-1)).toMatchObject({ code: 'duplicate-key', path: 'k', line: 20_003 });
});

test('20,000 anchors are fine', () => {
  const anchors = times(20_000, (index) => `  k${index}: &k${index} a`);
  const aliases = times(100, (index) => `  - *k${index}`);
  const result = read(articles, fileOf(...valid, 'x:', ...anchors, 'questions:', ...aliases));

  expect(result).toMatchObject({ kind: 'valid', issues: [{ code: 'unknown-key', path: 'x' }] });
});

test('20,000 aliases are refused with one issue', () => {
  const aliases = times(20_000, (index) => `k${index}: *a`);

  expect(linesOf(fileOf(...valid, 'summary: &a x', ...aliases))).toEqual([
    '105:7 error alias-limit aliases stand for more than 100 values: write the values out',
  ]);
});

test('bytes that are not UTF-8 are refused', () => {
  expect(linesOf(Uint8Array.from([0x2d, 0x2d, 0x2d, 0x0a, 0x61, 0xff]))).toEqual([
    '2:2 error not-utf8 a byte that is not UTF-8: save the file with the encoding UTF-8',
  ]);
});

test('the limit of 1 MiB counts bytes, not characters', () => {
  expect(linesOf(fileOf(...valid) + 'é'.repeat(600_000))).toEqual([
    '1:1 error too-large the file has 1200028 bytes, the limit is 1048576: move long text out of it',
  ]);
});

const anyBody = fc.oneof(articleBody, fc.string({ unit: 'binary' }));

test('whatever stands between two fences, reading it never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), anyBody, (frontmatter, body) => {
      expect(['valid', 'invalid']).toContain(
        read(articles, `---\n${frontmatter}\n---\n${body}`).kind
      );
    })
  );
});

test('whatever a file holds, reading it never throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array()), (file) => {
      expect(['valid', 'invalid']).toContain(read(articles, file).kind);
    })
  );
});

test('however YAML syntax is put together, reading it never throws', () => {
  const token = fc.constantFrom(
    ...['title', 'order', 'meta', 'author', 'url', 'contact', 'width', '<<', '__proto__', 'x'],
    ...['related', 'questions', 'keywords', 'related:', 'questions: ', 'meta:\n  keywords: '],
    ...['\n  - ', '\n    -', '[a, ~]', '[~]', '[*a]', '{x: *a}', '5: ', '*a : '],
    ...[': ', ':', '- ', '? ', '\n', '\n  ', '\n    ', '\n- ', '[', ']', '{', '}', ',', ' # '],
    ...[
      '&a ',
      '*a',
      '!!str ',
      '!!omap ',
      '!!set ',
      '!!binary ',
      '!!merge ',
      '!x ',
      "'",
      '"',
      '|\n',
      '>-\n',
    ],
    ...['%YAML 1.1\n', '...\n', '--- ', '~', 'true', '1e3', '.nan', '\t', '\r', '\0', '😀', '\\u']
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 30 }), (tokens) => {
      expect(['valid', 'invalid']).toContain(
        read(articles, fileOf(...valid, tokens.join(''))).kind
      );
    }),
    { numRuns: 2_000 }
  );
});
