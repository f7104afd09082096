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
])('%s is refused', (_, file, issue) => {
  expect(read(articles, file).kind).toBe('invalid');
  expect(linesOf(file)).toEqual([issue]);
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
    "2:1 note unknown-key colour: unknown key 'colour': the CMS does not keep it",
    "3:8 error invalid-type order: expected a whole number, such as 2, found the text 'two'",
    "5:20 note repeated-item meta.keywords.2: 'a' stands in this list already: the CMS keeps it once",
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

test.each([
  ['1,000 closed brackets', '['.repeat(1_000) + ']'.repeat(1_000)],
  ['100,000 closed brackets', '['.repeat(100_000) + ']'.repeat(100_000)],
  ['100,000 open brackets', '['.repeat(100_000)],
])('nesting of %s is refused where it gets too deep', (_, summary) => {
  const result = read(articles, fileOf(...valid, `summary: ${summary}`));

  expect(result.kind).toBe('invalid');
  expect(result.issues[0]).toEqual({
    code: 'too-deep',
    severity: 'error',
    path: '',
    line: 4,
    column: 41,
    message: 'more than 32 levels of nesting: flatten this value',
  });
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
