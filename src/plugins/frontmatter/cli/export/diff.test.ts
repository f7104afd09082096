import { diffOf } from './diff';

const linesOf = (before: string, after: string) => diffOf('a.md', Buffer.from(before), after);

test('names the file on both sides and shows three lines around a change', () => {
  const lines = ['1', '2', '3', '4', '5', '6', '7', '8', '9', ''];

  expect(linesOf(lines.join('\n'), lines.join('\n').replace('5', 'five'))).toEqual([
    '--- a/a.md',
    '+++ b/a.md',
    '@@ -2,7 +2,7 @@',
    ' 2',
    ' 3',
    ' 4',
    '-5',
    '+five',
    ' 6',
    ' 7',
    ' 8',
  ]);
});

test('shows line ends that differ', () => {
  expect(linesOf('a\nb\n', 'a\r\nb\n').slice(3)).toEqual(['-a', '+a\\r', ' b']);
});

test('shows a missing line break at the end', () => {
  expect(linesOf('a', 'a\n').slice(3)).toEqual(['-a', '\\ No newline at end of file', '+a']);
});

test('shows a byte order mark, and keeps control characters from the terminal', () => {
  expect(linesOf('a\n', '\uFEFFa\t\u001b[2J\n').slice(3)).toEqual(['-a', '+\\ufeffa\t\\u001b[2J']);
});

test('shows an empty last line', () => {
  expect(linesOf('a\n', 'a\n\n').slice(3)).toEqual([' a', '+']);
});

test('says so if the file is not text', () => {
  expect(diffOf('a.md', Buffer.from('a\xff\n', 'latin1'), 'a\n')).toEqual([
    '--- a/a.md',
    '+++ b/a.md',
    '(a byte that is not UTF-8: save the file with the encoding UTF-8)',
  ]);
});

test('says so if too much differs to be compared', () => {
  const text = (word: string) =>
    Array.from({ length: 20_000 }, (_, n) => `${word} ${n}\n`).join('');

  expect(linesOf(text('a'), text('b'))).toEqual([
    '--- a/a.md',
    '+++ b/a.md',
    '(more than 2000 lines differ)',
  ]);
});
