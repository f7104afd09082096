import fc from 'fast-check';
import { anyCharacter } from '../../../../../tests/helpers/any-text';
import { runs } from '../../../../../tests/helpers/property-runs';
import { patchParsed } from '../patch';
import { articleBody, articles, fileOf, issuesOf, validLines } from '../testing/shape';
import { read } from './read';

test('reading a valid file returns its frontmatter, its body and no issues', () => {
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

test('the parsed file is returned, too, so that it can be changed without parsing it again', () => {
  const text = fileOf("title: 'T' # c", 'order: 1');
  const result = read(articles, text);
  const { file } = result as Extract<typeof result, { kind: 'valid' }>;

  expect(patchParsed(articles, file, { value: { title: 'U', order: 1 }, body: '' })).toBe(
    text.replace("'T'", "'U'")
  );
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

test('all issues that a shape finds are reported at once, in the order of the file', () => {
  const file = fileOf(
    'colour: red',
    'order: two',
    'meta:',
    '  keywords: [a, b, a]',
    "  published: '2023-02-30'",
    'layout: sometimes'
  );

  expect(issuesOf(file)).toEqual([
    "1:1 error missing-key title: the key 'title' is required and is missing: add it",
    "2:1 note unknown-key colour: unknown key 'colour': kept as it is",
    "3:8 error invalid-type order: expected a whole number, such as 2, found the text 'two'",
    "5:20 note repeated-item meta.keywords.2: 'a' is already in this list: the CMS shows it once and keeps the file's lines",
    "6:14 error invalid-date meta.published: '2023-02-30' is not a calendar date: write YYYY-MM-DD, such as '2026-05-01'",
    "7:9 error invalid-choice layout: 'sometimes' is not one of wide, narrow: choose one of these",
  ]);
});

test.each([
  ['nothing', '---\n---\n'],
  ['empty lines', fileOf('', '')],
  ['comments', fileOf('# title: T', '# order: 1')],
  ['a null', fileOf('~')],
])('frontmatter of %s lacks its required keys', (_, file) => {
  expect(issuesOf(file)).toEqual([
    "1:1 error missing-key title: the key 'title' is required and is missing: add it",
    "1:1 error missing-key order: the key 'order' is required and is missing: add it",
  ]);
});

test('bytes that are not UTF-8 are refused', () => {
  expect(issuesOf(Uint8Array.from([0x2d, 0x2d, 0x2d, 0x0a, 0x61, 0xff]))).toEqual([
    '2:2 error not-utf8 a byte that is not UTF-8: save the file with the encoding UTF-8',
  ]);
});

const anyBody = fc.oneof(articleBody, fc.string({ unit: anyCharacter }));

test('whatever is between two fences, reading it never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), anyBody, (frontmatter, body) => {
      expect(['valid', 'invalid']).toContain(
        read(articles, `---\n${frontmatter}\n---\n${body}`).kind
      );
    })
  );
});

test('whatever a file holds, reading it never throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: anyCharacter }), fc.uint8Array()), (file) => {
      expect(['valid', 'invalid']).toContain(read(articles, file).kind);
    })
  );
});

test('however YAML syntax is combined, reading it never throws', () => {
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
        read(articles, fileOf(...validLines, tokens.join(''))).kind
      );
    }),
    { numRuns: runs(2_000) }
  );
});
