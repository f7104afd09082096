import { names } from '../fields/references';
import { defineShape } from '../shape';
import {
  articleDeclaration,
  articles,
  fileOf,
  issuesOf,
  lineOf,
  validLines,
} from '../testing/shape';
import { posts } from '../testing/posts';
import { read } from './read';

const linesOf = (...frontmatter: string[]): string[] => issuesOf(fileOf(...frontmatter));

test.each([
  ["'two'", "expected a whole number, such as 2, found the text 'two'"],
  ["'2'", "expected a whole number, such as 2, found the text '2': remove the quotes"],
  ['2.5', 'expected a whole number, such as 2, found the number 2.5'],
  ['.inf', 'expected a whole number, such as 2, found the number Infinity'],
  ['.nan', 'expected a whole number, such as 2, found the number NaN'],
  ['true', 'expected a whole number, such as 2, found the value true'],
  ['[2]', 'expected a whole number, such as 2, found a list'],
  ['{a: 2}', 'expected a whole number, such as 2, found a group of keys'],
])('a whole number must not be %s', (value, message) => {
  expect(linesOf("title: 'T'", `order: ${value}`)).toEqual([
    `3:8 error invalid-type order: ${message}`,
  ]);
});

test.each(['99999999999', '2147483648', '-2147483649'])(
  '%s does not fit into a whole number',
  (value) => {
    expect(linesOf("title: 'T'", `order: ${value}`)).toEqual([
      '3:8 error out-of-range order: must lie between -2147483648 and 2147483647',
    ]);
  }
);

test.each(['0', '-1', '2147483647', '-2147483647', '-2147483648', '1.0', '1e3'])(
  '%s is a whole number',
  (value) => {
    expect(linesOf("title: 'T'", `order: ${value}`)).toEqual([]);
  }
);

test.each([
  [
    'wide',
    "error invalid-type rating: expected a number, such as 968 or 0.5, found the text 'wide'",
  ],
  [
    "'0.5'",
    "error invalid-type rating: expected a number, such as 968 or 0.5, found the text '0.5': remove the quotes",
  ],
  ['1.01', 'error out-of-range rating: must lie between 0 and 1'],
  ['-0.1', 'error out-of-range rating: must lie between 0 and 1'],
])('a number from 0 to 1 must not be %s', (value, issue) => {
  expect(linesOf(...validLines, `rating: ${value}`)).toEqual([`4:9 ${issue}`]);
});

test('both ends of a range belong to it', () => {
  expect(linesOf(...validLines, 'rating: 0')).toEqual([]);
  expect(linesOf(...validLines, 'rating: 1')).toEqual([]);
});

test.each([
  ['yes', "the text 'yes'"],
  ["'true'", "the text 'true'"],
  ['1', 'the number 1'],
])('true or false must not be written %s', (value, found) => {
  expect(linesOf(...validLines, `isPinned: ${value}`)).toEqual([
    `4:11 error invalid-type isPinned: expected true or false in lower case and without quotes, found ${found}`,
  ]);
});

test('a choice must be one of its texts, in their case', () => {
  expect(linesOf(...validLines, 'layout: sometimes')).toEqual([
    "4:9 error invalid-choice layout: 'sometimes' is not one of wide, narrow: choose one of these",
  ]);
  expect(linesOf(...validLines, 'layout: Wide')).toEqual([
    "4:9 error invalid-choice layout: 'Wide' is not one of wide, narrow: choose one of these",
  ]);
  expect(linesOf(...validLines, 'layout: 5')).toEqual([
    '4:9 error invalid-type layout: expected one of wide, narrow, found the number 5',
  ]);
});

test.each(["'2023-02-30'", "'2023-02-29'", "'2023-13-01'", "'2023-2-1'", "'01.02.2023'", "''"])(
  '%s is not a date',
  (value) => {
    expect(linesOf(...validLines, 'meta:', `  published: ${value}`)).toEqual([
      `5:14 error invalid-date meta.published: ${value} is not a calendar date: write YYYY-MM-DD, such as '2026-05-01'`,
    ]);
  }
);

test('the year 0 does not exist, the year 1 does', () => {
  expect(
    linesOf(...validLines, 'meta:', '  published: 0000-01-01', '  modified: 0001-01-01')
  ).toEqual([
    "5:14 error invalid-date meta.published: '0000-01-01' is not a calendar date: write YYYY-MM-DD, such as '2026-05-01'",
  ]);
});

test('a date must not have anything around it', () => {
  expect(linesOf(...validLines, 'meta: {published: "2026-05-01\\n"}')).toEqual([
    "4:19 error invalid-date meta.published: '2026-05-01\\n' is not a calendar date: write YYYY-MM-DD, such as '2026-05-01'",
  ]);
});

test('a date may be written with quotes or without', () => {
  expect(
    linesOf(...validLines, 'meta:', '  published: 2024-02-29', "  modified: '2024-02-29'")
  ).toEqual([]);
});

test('a year alone is not a date', () => {
  expect(linesOf(...validLines, 'meta: {published: 2023}')).toEqual([
    "4:19 error invalid-type meta.published: expected a date such as '2026-05-01', found the number 2023",
  ]);
});

test.each([
  ['5', "the number 5: put it in quotes, '5'"],
  ['true', "the value true: put it in quotes, 'true'"],
  ['[a, b]', 'a list: write one text'],
  ['{a: b}', 'a group of keys: write one text'],
])('a text must not be %s', (value, found) => {
  expect(linesOf(`title: ${value}`, 'order: 1')).toEqual([
    `2:8 error invalid-type title: expected text, found ${found}`,
  ]);
});

test('a block list instead of a text is reported where it begins', () => {
  expect(linesOf(...validLines, 'summary:', '  - a', '  - b')).toEqual([
    '5:3 error invalid-type summary: expected text, found a list: write one text',
  ]);
});

test.each([
  ['questions', '4:12', 'questions: Why?', "the text 'Why?'"],
  ['related', '4:10', 'related: first', "the text 'first'"],
  ['meta.keywords', '4:18', 'meta: {keywords: "a, b"}', "the text 'a, b'"],
])('%s must be a list', (path, position, line, found) => {
  expect(linesOf(...validLines, line)).toEqual([
    `${position} error invalid-type ${path}: expected a list, found ${found}: write each item on its own line, after a hyphen`,
  ]);
});

test('every wrong item of a list is reported at its own position', () => {
  expect(linesOf(...validLines, 'questions:', '  - Why?', '  - 5', "  - ' '", '  - [a]')).toEqual([
    "6:5 error invalid-type questions.1: expected text, found the number 5: put it in quotes, '5'",
    '7:5 error missing-key questions.2: is empty: give it a text',
    '8:5 error invalid-type questions.3: expected text, found a list: write one text',
  ]);
});

test('a link must be a slug', () => {
  expect(linesOf(...validLines, 'related: [first, ../etc, "a b"]')).toEqual([
    "4:18 error invalid-slug related.1: '../etc' cannot be a slug: use at most 255 letters, digits, hyphens, dots, underscores and tildes, no dot at the beginning, none of .json, .yaml, .md, .zip at the end, and not lint",
    "4:26 error invalid-slug related.2: 'a b' cannot be a slug: use at most 255 letters, digits, hyphens, dots, underscores and tildes, no dot at the beginning, none of .json, .yaml, .md, .zip at the end, and not lint",
  ]);
});

test('a link is at most 255 characters long', () => {
  expect(linesOf(...validLines, `related: [${'a'.repeat(255)}, ${'a'.repeat(256)}]`)).toEqual([
    `4:268 error invalid-slug related.1: '${'a'.repeat(40)}…' cannot be a slug: use at most 255 letters, digits, hyphens, dots, underscores and tildes, no dot at the beginning, none of .json, .yaml, .md, .zip at the end, and not lint`,
  ]);
});

describe('a text of the file in a message', () => {
  const slugRule =
    'use at most 255 letters, digits, hyphens, dots, underscores and tildes, no dot at the beginning, none of .json, .yaml, .md, .zip at the end, and not lint';
  const dateRule = "write YYYY-MM-DD, such as '2026-05-01'";
  const list = 'write each item on its own line, after a hyphen';
  const groupRule = 'write headline, width, published … below it, indented';

  /** Each message that quotes a text of the file, with the lines that hold the text. */
  const messages: [string, (text: string) => string[], (quoted: string) => string][] = [
    [
      'a choice',
      (t) => [`layout: ${t}`],
      (q) => `${q} is not one of wide, narrow: choose one of these`,
    ],
    [
      'true or false',
      (t) => [`isPinned: ${t}`],
      (q) => `expected true or false in lower case and without quotes, found the text ${q}`,
    ],
    [
      'a date',
      (t) => [`meta: {published: ${t}}`],
      (q) => `${q} is not a calendar date: ${dateRule}`,
    ],
    [
      'a number',
      (t) => [`rating: ${t}`],
      (q) => `expected a number, such as 968 or 0.5, found the text ${q}`,
    ],
    ['a list', (t) => [`questions: ${t}`], (q) => `expected a list, found the text ${q}: ${list}`],
    [
      'a group',
      (t) => [`meta: ${t}`],
      (q) => `expected a group of keys, found the text ${q}: ${groupRule}`,
    ],
    ['a link', (t) => [`related: [${t}]`], (q) => `${q} cannot be a slug: ${slugRule}`],
    ['an unknown key', (t) => [`${t}: 1`], (q) => `unknown key ${q}: kept as it is`],
    [
      'a repeated name',
      (t) => [`meta: {keywords: [${t}, ${t}]}`],
      (q) => `${q} is already in this list: the CMS shows it once and keeps the file's lines`,
    ],
  ];
  const messagesOf = (lines: string[]) =>
    read(articles, fileOf(...validLines, ...lines)).issues.map(({ message }) => message);

  test.each(messages)('is cut after 40 characters: %s', (_, linesFor, messageFor) => {
    expect(messagesOf(linesFor(`"!${'x'.repeat(39)}"`))).toContain(
      messageFor(`'!${'x'.repeat(39)}'`)
    );
    expect(messagesOf(linesFor(`"!${'x'.repeat(40)}"`))).toContain(
      messageFor(`'!${'x'.repeat(39)}…'`)
    );
  });

  test.each(messages)('is not cut within a character: %s', (_, linesFor, messageFor) => {
    expect(messagesOf(linesFor(`"${'x'.repeat(39)}😀"`))).toContain(
      messageFor(`'${'x'.repeat(39)}\uFFFD…'`)
    );
  });

  test.each(messages)(
    'stays on one line, and sends nothing to a terminal: %s',
    (_, linesFor, messageFor) => {
      expect(messagesOf(linesFor('"a\\nb\\r\\tc\\e[31md"'))).toContain(
        messageFor("'a\\nb\\r\\tc\\u001b[31md'")
      );
    }
  );

  test('is escaped if it is a number in quotes, too', () => {
    expect(linesOf("title: 'T'", 'order: "\\n5\\n"')).toEqual([
      "3:8 error invalid-type order: expected a whole number, such as 2, found the text '\\n5\\n': remove the quotes",
    ]);
  });
});

test('a group must hold keys', () => {
  expect(linesOf(...validLines, 'meta: a', 'author: [b]')).toEqual([
    "4:7 error invalid-type meta: expected a group of keys, found the text 'a': write headline, width, published … below it, indented",
    '5:9 error invalid-type author: expected a group of keys, found a list: write url, title, contact … below it, indented',
  ]);
});

test('a required key that is missing is reported at the top of the file', () => {
  expect(linesOf("summary: 'S'", 'order: 1')).toEqual([
    "1:1 error missing-key title: the key 'title' is required and is missing: add it",
  ]);
});

test('a required key that is missing in a group is reported at the group', () => {
  expect(linesOf(...validLines, 'author:', '  title: A')).toEqual([
    "4:1 error missing-key author.url: the key 'url' is required and is missing: add it",
  ]);
});

test('a required key without a value is reported at the key', () => {
  expect(linesOf("title: 'T'", 'order:', 'author:', '  url: ~')).toEqual([
    "3:1 error missing-key order: the key 'order' is required and has no value: add it",
    "5:3 error missing-key author.url: the key 'url' is required and has no value: add it",
  ]);
});

test.each(["''", "'  '", '"\\n\\t"'])('a required text must not be %s', (value) => {
  expect(linesOf(`title: ${value}`, 'order: 1')).toEqual([
    '2:8 error missing-key title: is empty: give it a text',
  ]);
});

test('any other key may be empty, or have no value', () => {
  expect(
    linesOf(
      ...validLines,
      "summary: ''",
      'layout:',
      'author:',
      'meta: {}',
      'related: []',
      'rating: ~'
    )
  ).toEqual([]);
});

test('a text of 255 characters fits, one of 256 does not', () => {
  expect(linesOf(`title: ${'x'.repeat(255)}`, 'order: 1')).toEqual([]);
  expect(linesOf(`title: ${'x'.repeat(256)}`, 'order: 1')).toEqual([
    '2:8 error too-long title: has 256 characters, at most 255 fit: shorten it',
  ]);
});

test('a long text is fine where no limit is set', () => {
  expect(linesOf(...validLines, `summary: ${'x'.repeat(10_000)}`)).toEqual([]);
});

test.each([
  ['NUL', '"a\\0b"', 'U+0000'],
  ['escape', '"a\\e[31m"', 'U+001b'],
  ['carriage return', '"a\\r\\nb"', 'U+000d'],
  ['delete', '"a\\x7fb"', 'U+007f'],
  ['raw control', 'a\u0001b', 'U+0001'],
  ['lone surrogate', '"a\\uD800b"', 'half a surrogate pair'],
  ['reversed byte order mark', '"a\\uFFFEb"', 'U+fffe'],
  ['last of the plane', '"a\\uFFFFb"', 'U+ffff'],
])('a text must not hold a %s character', (_, value, name) => {
  expect(linesOf(`title: ${value}`, 'order: 1')).toEqual([
    `2:8 error forbidden-character title: holds the character ${name}, which cannot be stored: remove it`,
  ]);
});

test('tabs, line feeds and escaped pairs of surrogates are text', () => {
  expect(linesOf('title: "a\\tb\\nc \\uD83D\\uDE00"', 'order: 1')).toEqual([]);
});

test('all problems of one text are reported', () => {
  expect(linesOf(`title: "${'x'.repeat(256)}\\0"`, 'order: 1')).toEqual([
    '2:8 error too-long title: has 257 characters, at most 255 fit: shorten it',
    '2:8 error forbidden-character title: holds the character U+0000, which cannot be stored: remove it',
  ]);
});

test('an unknown key is noted with the key it was meant to be', () => {
  expect(linesOf(...validLines, 'sumary: a', 'isPined: true', 'Layout: wide')).toEqual([
    "4:1 note unknown-key sumary: unknown key 'sumary': kept as it is; did you mean 'summary'?",
    "5:1 note unknown-key isPined: unknown key 'isPined': kept as it is; did you mean 'isPinned'?",
    "6:1 note unknown-key Layout: unknown key 'Layout': kept as it is; did you mean 'layout'?",
  ]);
});

test('an unknown key that resembles no other is noted without a suggestion', () => {
  expect(linesOf(...validLines, 'colour: red', 'constructor: a', 'summaries: b')).toEqual([
    "4:1 note unknown-key colour: unknown key 'colour': kept as it is",
    "5:1 note unknown-key constructor: unknown key 'constructor': kept as it is",
    "6:1 note unknown-key summaries: unknown key 'summaries': kept as it is",
  ]);
});

test('an unknown key that is not text is noted on its own line', () => {
  expect(
    linesOf(...validLines, 'colour: red', '5: a', '1.5: b', 'true: c', 'meta: {7: d}')
  ).toEqual([
    "4:1 note unknown-key colour: unknown key 'colour': kept as it is",
    "5:1 note unknown-key 5: unknown key '5': kept as it is",
    "6:1 note unknown-key 1.5: unknown key '1.5': kept as it is",
    "7:1 note unknown-key true: unknown key 'true': kept as it is",
    "8:8 note unknown-key meta.7: unknown key '7': kept as it is",
  ]);
});

test('an unknown nested key is noted with the likely key of its group', () => {
  expect(
    linesOf(...validLines, 'meta:', '  headlin: a', 'author:', '  url: u', '  contact: {fone: b}')
  ).toEqual([
    "5:3 note unknown-key meta.headlin: unknown key 'headlin': kept as it is; did you mean 'headline'?",
    "8:13 note unknown-key author.contact.fone: unknown key 'fone': kept as it is; did you mean 'phone'?",
  ]);
});

test('an unknown key is noted once, whatever is below it', () => {
  expect(linesOf(...validLines, 'colours:', '  first: red', '  title: a')).toEqual([
    "4:1 note unknown-key colours: unknown key 'colours': kept as it is",
  ]);
});

test('a repeated item of a relation is noted with its line, each time', () => {
  expect(
    linesOf(...validLines, 'meta:', '  keywords:', '    - a', '    - b', '    - a', "    - 'a'")
  ).toEqual([
    "8:7 note repeated-item meta.keywords.2: 'a' is already in this list: the CMS shows it once and keeps the file's lines",
    "9:7 note repeated-item meta.keywords.3: 'a' is already in this list: the CMS shows it once and keeps the file's lines",
  ]);
});

test('a repeated item of a plain list stays and is not noted', () => {
  expect(linesOf(...validLines, 'questions: [Why?, Why?]')).toEqual([]);
});

test('a required list of names must be there, and is checked item by item', () => {
  const { keys, ...rest } = articleDeclaration;
  const shape = defineShape({
    ...rest,
    keys: { ...keys, labels: names({ required: true, target: 'api::label.label' }) },
  });

  expect(read(shape, fileOf(...validLines)).issues.map(lineOf)).toEqual([
    "1:1 error missing-key labels: the key 'labels' is required and is missing: add it",
  ]);
  expect(read(shape, fileOf(...validLines, 'labels: [a, 5]')).issues.map(lineOf)).toEqual([
    "4:13 error invalid-type labels.1: expected text, found the number 5: put it in quotes, '5'",
  ]);
});

test('an unknown key of an item is found, with the likely right one', () => {
  const { issues } = read(posts, Buffer.from("---\ntitle: T\nlinks:\n  - titel: 'One'\n---\n"));

  expect(issues.map(lineOf)).toEqual([
    "4:5 note unknown-key links.0.titel: unknown key 'titel': kept as it is; did you mean 'title'?",
  ]);
});
