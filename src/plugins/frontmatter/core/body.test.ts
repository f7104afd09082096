import { read } from './read/read';
import { articles, fileOf, issuesOf, validLines } from './testing/shape';

test.each([
  ['an empty body', ''],
  ['a body without a final line end', 'a\nb'],
  ['empty lines around the body', '\n\na\n\n'],
  ['a body with rules', '---\na: 1\n---\n'],
  ['trailing spaces, tabs and a no-break space', 'a  \n\tb\u00a0\n'],
  ['a byte order mark in the body', 'a\uFEFFb'],
])('%s is read back exactly', (_, body) => {
  expect(read(articles, fileOf(...validLines) + body)).toMatchObject({ kind: 'valid', body });
});

test('a NUL in the body is reported at its line and column', () => {
  const file = fileOf(...validLines) + 'a\n\nbc\0d\n';
  const issue =
    '7:3 error forbidden-character the body holds the character U+0000, which cannot be stored: remove it';

  expect(read(articles, file).kind).toBe('invalid');
  expect(issuesOf(file)).toEqual([issue]);
  expect(issuesOf(`\uFEFF${file.replaceAll('\n', '\r\n')}`)).toEqual([issue]);
  expect(issuesOf(`${fileOf(...validLines)}\0`)).toEqual([issue.replace('7:3', '5:1')]);
});

test('a NUL in the body is reported after the issues of the frontmatter', () => {
  expect(issuesOf(`${fileOf("title: 'T'", 'order: "\\0"')}😀\0`)).toEqual([
    "3:8 error invalid-type order: expected a whole number, such as 2, found the text '\\u0000'",
    '5:3 error forbidden-character the body holds the character U+0000, which cannot be stored: remove it',
  ]);
});

test('text of a body that looks wrongly decoded is noted once, at its first position', () => {
  const file = `${fileOf(...validLines)}# Café\n\nWhat Iâ€™ve\nlearnt: cafÃ©\n`;
  const issue =
    "7:7 note wrongly-decoded '…Iâ€™ve…' looks wrongly decoded (perhaps '…I’ve…'): it is kept as it is";

  expect(read(articles, file)).toMatchObject({
    kind: 'valid',
    body: '# Café\n\nWhat Iâ€™ve\nlearnt: cafÃ©\n',
  });
  expect(issuesOf(file)).toEqual([issue]);
  expect(issuesOf(`\uFEFF${file.replaceAll('\n', '\r\n')}`)).toEqual([issue]);
});

test('issues in a body are reported in the order of the text', () => {
  expect(issuesOf(`${fileOf(...validLines)}Ã©\0`).map((line) => line.split(' ')[0])).toEqual([
    '5:1',
    '5:3',
  ]);
});

test('other control characters of a body are kept', () => {
  expect(read(articles, `${fileOf(...validLines)}a\u0001\u001b[31m\u007f\uFFFE`)).toMatchObject({
    kind: 'valid',
    body: 'a\u0001\u001b[31m\u007f\uFFFE',
    issues: [],
  });
});
