import { articles, fileOf, issuesOf, validLines } from '../testing/shape';
import { read } from './read';

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
])('an empty item of %s is reported at its position', (_, lines, issue) => {
  expect(issuesOf(fileOf(...validLines, ...lines))).toEqual([issue]);
});

test('a mistake below an alias is reported where the value is written', () => {
  const file = fileOf(
    ...validLines,
    'x: &x {width: wide, widht: 2}',
    'y: &y [5, ~]',
    'meta: *x',
    'questions: *y'
  );

  expect(issuesOf(file)).toEqual([
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
    ...validLines,
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

test('positions refer to the file with CRLF, too', () => {
  const file = fileOf("title: 'T'", 'summary: |', '  a', '', '  b', 'order: two');

  expect(issuesOf(file.replaceAll('\n', '\r\n'))).toEqual([
    "7:8 error invalid-type order: expected a whole number, such as 2, found the text 'two'",
  ]);
});

test('columns are UTF-16 code units', () => {
  expect(issuesOf(fileOf(...validLines, 'meta: {headline: "😀é", width: wide}'))).toEqual([
    "4:32 error invalid-type meta.width: expected a number, such as 968 or 0.5, found the text 'wide'",
  ]);
});
