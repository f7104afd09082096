import { splitFences } from './fences';

test('a file is split at its fences', () => {
  expect(splitFences('---\ntitle: a\norder: 1\n---\n# Body\n')).toEqual({
    kind: 'fenced',
    frontmatter: 'title: a\norder: 1\n',
    linesBefore: 1,
    body: '# Body\n',
  });
});

test('line ends of the frontmatter and of the body stay as they are', () => {
  expect(splitFences('---\r\ntitle: a\r\norder: 1\n---\r\nb\r\nc\n')).toEqual({
    kind: 'fenced',
    frontmatter: 'title: a\r\norder: 1\n',
    linesBefore: 1,
    body: 'b\r\nc\n',
  });
});

test('a byte order mark before the first fence belongs to neither part', () => {
  expect(splitFences('\uFEFF---\na: 1\n---\nb')).toEqual({
    kind: 'fenced',
    frontmatter: 'a: 1\n',
    linesBefore: 1,
    body: 'b',
  });
});

test('spaces and tabs may follow a fence', () => {
  expect(splitFences('---  \na: 1\n--- \t\r\nb')).toEqual({
    kind: 'fenced',
    frontmatter: 'a: 1\n',
    linesBefore: 1,
    body: 'b',
  });
});

test.each([
  ['ends with the closing fence', '---\na: 1\n---', ''],
  ['ends with the line end of the closing fence', '---\na: 1\n---\n', ''],
  ['has an empty line after the closing fence', '---\na: 1\n---\n\n', '\n'],
  ['has a body without a final line end', '---\na: 1\n---\nb', 'b'],
  ['has a body with rules and fences of its own', '---\na: 1\n---\n---\nb\n---\n', '---\nb\n---\n'],
])('the body is exact in a file that %s', (_, file, body) => {
  expect(splitFences(file)).toEqual({
    kind: 'fenced',
    frontmatter: 'a: 1\n',
    linesBefore: 1,
    body,
  });
});

test('frontmatter may be empty', () => {
  expect(splitFences('---\n---\nb')).toEqual({
    kind: 'fenced',
    frontmatter: '',
    linesBefore: 1,
    body: 'b',
  });
});

test.each([
  ['indented hyphens', 'a: |\n  ---\n  b\n'],
  ['hyphens with text after them', '--- a\n'],
  ['four hyphens', '----\n'],
  ['hyphens and a no-break space', '---\u00a0\n'],
  ['hyphens after a form feed', '\f---\n'],
  ['hyphens between carriage returns', 'a: 1\r---\rb\n'],
])('%s are not a fence', (_, frontmatter) => {
  expect(splitFences(`---\n${frontmatter}---\nb`)).toEqual({
    kind: 'fenced',
    frontmatter,
    linesBefore: 1,
    body: 'b',
  });
});

test.each([
  ['is empty', ''],
  ['has text only', '# Title\n\nText\n'],
  ['begins with an empty line', '\n---\na: 1\n---\n'],
  ['begins with a space', ' ---\na: 1\n---\n'],
  ['has two byte order marks', '\uFEFF\uFEFF---\na: 1\n---\n'],
  ['uses another fence', '+++\na = 1\n+++\n'],
  ['has carriage returns for line ends', '---\ra: 1\r---\rb\r'],
])('a file that %s has no frontmatter', (_, file) => {
  expect(splitFences(file)).toEqual({
    kind: 'refused',
    issue: {
      code: 'missing-frontmatter',
      severity: 'error',
      path: '',
      line: 1,
      column: 1,
      message: 'no frontmatter: the first line of the file must be --- alone',
    },
  });
});

test.each([
  ['has an opening fence only', '---'],
  ['has keys after it', '---\ntitle: a\n'],
  ['has hyphens that are indented', '---\na: |\n  ---\n'],
  ['ends with dots', '---\na: 1\n...\n'],
])('frontmatter that %s is never closed', (_, file) => {
  expect(splitFences(file)).toEqual({
    kind: 'refused',
    issue: {
      code: 'unclosed-frontmatter',
      severity: 'error',
      path: '',
      line: 1,
      column: 1,
      message: 'the frontmatter is never closed: add a line of --- alone after its last key',
    },
  });
});
