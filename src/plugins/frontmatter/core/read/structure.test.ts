import { articles, fileOf, issuesOf, validLines } from '../testing/shape';
import { read } from './read';

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
    fileOf(...validLines, 'title: U'),
    '4:1 error duplicate-key title: this key appears twice: remove or rename one',
  ],
  [
    'a nested key that stands twice',
    fileOf(...validLines, 'meta:', '  width: 1', '  width: 2'),
    '6:3 error duplicate-key meta.width: this key appears twice: remove or rename one',
  ],
  [
    'a key in braces that stands twice',
    fileOf(...validLines, 'author: {url: u, contact: {phone: 1, label: a, phone: 2}}'),
    '4:48 error duplicate-key author.contact.phone: this key appears twice: remove or rename one',
  ],
  [
    'an unknown key that stands twice, deep down',
    fileOf(...validLines, 'a:', '  b:', '    c: 1', '    d: 2', '    "c": 3'),
    '8:5 error duplicate-key a.b.c: this key appears twice: remove or rename one',
  ],
  [
    'a key that stands twice, once as a number and once as text',
    fileOf(...validLines, '5: a', "'5': b"),
    '5:1 error duplicate-key 5: this key appears twice: remove or rename one',
  ],
  [
    'a key named __proto__',
    fileOf(...validLines, '__proto__: 1'),
    '4:1 error forbidden-key __proto__: a key must not be named __proto__: rename it',
  ],
  [
    'a nested key named __proto__',
    fileOf(...validLines, 'meta:', '  __proto__:', '    a: 1'),
    '5:3 error forbidden-key meta.__proto__: a key must not be named __proto__: rename it',
  ],
  [
    'a quoted key named __proto__',
    fileOf(...validLines, 'meta: {"__proto__": 1}'),
    '4:8 error forbidden-key meta.__proto__: a key must not be named __proto__: rename it',
  ],
  [
    'a custom tag',
    fileOf(...validLines, 'summary: !env SECRET'),
    '4:10 error invalid-yaml unresolved tag: !env: remove the tag',
  ],
  [
    'a tag of a programming language',
    fileOf(...validLines, 'summary: !!js/function "f"'),
    '4:10 error invalid-yaml unresolved tag: tag:yaml.org,2002:js/function: remove the tag',
  ],
  [
    'a tag of older YAML',
    fileOf(...validLines, 'meta: !!omap [width: 1]'),
    '4:7 error invalid-yaml unresolved tag: tag:yaml.org,2002:omap: remove the tag',
  ],
  [
    'a list as a key',
    fileOf(...validLines, '? [a, b]', ': 1'),
    '4:3 error invalid-type a key must be plain text: put it in quotes',
  ],
  [
    'a group of keys as a key',
    fileOf(...validLines, '{a: b}: c'),
    '4:1 error invalid-type a key must be plain text: put it in quotes',
  ],
  [
    'a key without a name, after a question mark',
    fileOf(...validLines, '? : a'),
    '4:3 error invalid-type a key must be plain text: put it in quotes',
  ],
  [
    'an alias as a key',
    fileOf(...validLines, 'summary: &p __proto__', 'meta: {*p : 1}'),
    '5:8 error invalid-type a key must be plain text: put it in quotes',
  ],
  [
    'a bracket that stays open',
    fileOf(...validLines, 'questions: [a, b', 'summary: x'),
    '5:1 error invalid-yaml flow sequence in block collection must be sufficiently indented and end with a ]: check indentation, quotes and colons here',
  ],
  [
    'an escape that does not exist',
    fileOf(...validLines, 'summary: "a\\qb"'),
    '4:12 error invalid-yaml invalid escape sequence \\q: check indentation, quotes and colons here',
  ],
  [
    'a key without a colon',
    fileOf(...validLines, 'summary'),
    '4:1 error invalid-yaml implicit map keys need to be followed by map values: check indentation, quotes and colons here',
  ],
  [
    'nesting of 33 levels',
    fileOf(...validLines, `summary: ${'['.repeat(32)}${']'.repeat(32)}`),
    '4:41 error too-deep more than 32 levels of nesting: flatten this value',
  ],
  [
    'nesting of 33 groups',
    fileOf(
      ...validLines,
      `x: ${'{a: '.repeat(30)}{}${'}'.repeat(30)}`,
      `y: ${'{a: '.repeat(31)}{}${'}'.repeat(31)}`
    ),
    '5:128 error too-deep more than 32 levels of nesting: flatten this value',
  ],
  [
    'an alias without an anchor',
    fileOf(...validLines, 'summary: *nope'),
    "4:10 error invalid-yaml the alias 'nope' has no anchor before it: write the value out",
  ],
  [
    'an alias before its anchor',
    fileOf(...validLines, 'summary: *later', 'layout: &later wide'),
    "4:10 error invalid-yaml the alias 'later' has no anchor before it: write the value out",
  ],
  [
    'an alias in its own list',
    fileOf(...validLines, 'x: &x [*x]'),
    "4:8 error invalid-yaml the alias 'x' is inside its own anchor: write the value out",
  ],
  [
    'an alias in its own group',
    fileOf(...validLines, 'meta: &m', '  width: 1', '  more:', '    - a: *m'),
    "7:10 error invalid-yaml the alias 'm' is inside its own anchor: write the value out",
  ],
  [
    'a second document without an end of the first',
    fileOf(...validLines, '--- # more'),
    '4:1 error invalid-yaml a second YAML document begins here: remove the line of ... or --- that begins it',
  ],
])('%s is refused', (_, file, issue) => {
  expect(read(articles, file).kind).toBe('invalid');
  expect(issuesOf(file)).toEqual([issue]);
});

test('the same key three times causes two issues', () => {
  expect(issuesOf(fileOf(...validLines, 'meta: {width: 1, width: 2, width: 3}'))).toEqual([
    '4:18 error duplicate-key meta.width: this key appears twice: remove or rename one',
    '4:28 error duplicate-key meta.width: this key appears twice: remove or rename one',
  ]);
});

test('the same key in two groups is not a duplicate', () => {
  expect(
    issuesOf(fileOf(...validLines, 'author: {url: u, title: A}', 'meta:', '  headline: H'))
  ).toEqual([]);
});

test('duplicate keys are found in each item of a list', () => {
  const issues = read(
    articles,
    fileOf(...validLines, 'x:', '  - a: 1', '    a: 2', '  - {a: 1, a: 2}')
  ).issues;

  expect(issues.map(({ code, line, column }) => `${line}:${column} ${code}`)).toEqual([
    '6:5 duplicate-key',
    '7:12 duplicate-key',
  ]);
});

test('the end of a YAML document within the frontmatter is refused', () => {
  expect(read(articles, fileOf(...validLines, '...', 'summary: S'))).toEqual({
    kind: 'invalid',
    issues: [
      expect.objectContaining({
        code: 'invalid-yaml',
        message: expect.stringMatching(/^a second YAML document begins here/),
      }),
    ],
  });
});

test('all syntax errors of a file are reported at once, in the order of the file', () => {
  const file = fileOf('title: a: b', 'summary: @x', 'order: "x" y', 'order: 2', '\tx: 1');

  expect(issuesOf(file)).toEqual([
    '2:8 error invalid-yaml nested mappings are not allowed in compact mappings: check indentation, quotes and colons here',
    '3:10 error invalid-yaml plain value cannot start with reserved character @: check indentation, quotes and colons here',
    '4:12 error invalid-yaml unexpected scalar at node end: check indentation, quotes and colons here',
    '5:1 error duplicate-key title.order: this key appears twice: remove or rename one',
    '6:1 error invalid-yaml tabs are not allowed as indentation: check indentation, quotes and colons here',
  ]);
});

test('a value may be anchored and used again', () => {
  expect(read(articles, fileOf('title: &title T', 'order: 1', 'summary: *title'))).toMatchObject({
    kind: 'valid',
    frontmatter: { title: 'T', order: 1, summary: 'T' },
  });
});

test('groups and lists may be anchored and used again', () => {
  const file = fileOf(
    ...validLines,
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
