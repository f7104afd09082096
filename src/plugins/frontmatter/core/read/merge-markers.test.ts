import { articles, fileOf, issuesOf, validLines } from '../testing/shape';
import { read } from './read';

const conflict = [
  '<<<<<<< HEAD',
  "summary: 'a'",
  '=======',
  "summary: 'b'",
  '>>>>>>> their/branch',
];

const issueAt = (line: number, marker = '<<<<<<< HEAD') =>
  `${line}:1 error merge-markers '${marker}' was left by a merge that was not finished: choose between the two versions and remove the lines of <<<<<<<, ======= and >>>>>>>, or indent them if they are meant as text`;

test('a conflict in the frontmatter is the only issue', () => {
  const file = fileOf(...validLines, 'order: two', ...conflict);

  expect(read(articles, file).kind).toBe('invalid');
  expect(issuesOf(file)).toEqual([issueAt(5)]);
});

test.each([
  ['in the body', `${fileOf(...validLines)}# Title\n\n${conflict.join('\n')}\n`, 7],
  ['at the end of a body without a final line end', fileOf(...validLines) + conflict.join('\n'), 5],
  ['around the whole file', [...conflict, ''].join('\n'), 1],
  ['around the fences', `<<<<<<< HEAD\n${fileOf(...validLines)}=======\n---\n>>>>>>> b\n`, 1],
  [
    'around the end of the frontmatter',
    fileOf('<<<<<<< HEAD', ...validLines) + '=======\n>>>>>>> b',
    2,
  ],
  [
    'with the common version',
    fileOf('<<<<<<< HEAD', 'order: 1', '||||||| 5f0d2a1', 'order: 2', '=======', '>>>>>>> b'),
    2,
  ],
  ['half removed', fileOf(...validLines, '<<<<<<< HEAD', '>>>>>>> b'), 4],
])('a conflict %s is found', (_, file, line) => {
  expect(issuesOf(file)).toEqual([issueAt(line)]);
  expect(issuesOf(`\uFEFF${file.replaceAll('\n', '\r\n')}`)).toEqual([issueAt(line)]);
});

test('the first of several markers is reported', () => {
  const file = fileOf(...validLines, '>>>>>>> b', ...conflict);

  expect(issuesOf(file)).toEqual([issueAt(4, '>>>>>>> b')]);
});

test('markers may lack the name of a branch', () => {
  expect(issuesOf(fileOf('<<<<<<<', ...validLines, '>>>>>>>'))).toEqual([issueAt(2, '<<<<<<<')]);
});

test.each([
  ['a heading underlined by =======', 'Title\n=======\n\ntext\n'],
  ['markers within a line', 'Git writes <<<<<<< HEAD, ======= and\nthen >>>>>>> branch.\n'],
  ['markers at the beginning of a line, in code', '`<<<<<<< HEAD`\n`>>>>>>> branch`\n'],
  ['an indented example', '    <<<<<<< HEAD\n    a\n    =======\n    >>>>>>> branch\n'],
  ['an opening marker alone', '<<<<<<< HEAD\n=======\n'],
  ['a closing marker alone', '=======\n>>>>>>> branch\n'],
  ['longer rows of characters', '<<<<<<<< HEAD\n>>>>>>>> branch\n'],
  ['quotes within quotes', '>>>>>>>text\n<<<<<<<text\n'],
])('%s in a body is not a conflict', (_, body) => {
  expect(read(articles, fileOf(...validLines) + body)).toMatchObject({
    kind: 'valid',
    body,
    issues: [],
  });
});

test('an example in a text of the frontmatter is not a conflict', () => {
  const file = fileOf(
    ...validLines,
    'summary: |',
    '  <<<<<<< HEAD',
    '  =======',
    '  >>>>>>> branch'
  );

  expect(issuesOf(file)).toEqual([]);
});

test('a file without frontmatter is reported as such, whatever it is about', () => {
  expect(issuesOf(`# Conflicts\n\n${conflict.join('\n')}\n`)).toEqual([
    '1:1 error missing-frontmatter no frontmatter: the first line of the file must be --- alone',
  ]);
});
