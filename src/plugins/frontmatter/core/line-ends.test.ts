import { isSameButLineEnds, lineEndVariants, withLineEndsOf } from './line-ends';

test.each([
  ['a\nb\n', 'a\r\nb\r\n', true],
  ['a\nb\n', 'a\r\nb\n', true],
  ['a\nb\n', 'a\nb', false],
  ['a\rb', 'a\nb', false],
])('%j and %j differ in line endings only: %s', (one, other, expected) => {
  expect(isSameButLineEnds(one, other)).toBe(expected);
});

test('a text may have been saved with either line ending, or as it is', () => {
  expect(lineEndVariants('a\r\nb\n')).toEqual(['a\r\nb\n', 'a\nb\n', 'a\r\nb\r\n']);
  expect(lineEndVariants('a\n')).toEqual(['a\n', 'a\r\n']);
});

test.each([
  ['CRLF', 'x\r\ny\r\n', 'a\nb\n', 'a\r\nb\r\n'],
  ['LF', 'x\ny\n', 'a\r\nb\r\n', 'a\nb\n'],
  ['mixed ones, so those of the new text stay', 'x\r\ny\n', 'a\r\nb\n', 'a\r\nb\n'],
  ['none, so those of the new text stay', 'x', 'a\r\nb\n', 'a\r\nb\n'],
  ['mixed ones and the same lines, so nothing changes', 'a\r\nb\n', 'a\nb\n', 'a\r\nb\n'],
])('the replaced text has %s', (_, before, text, expected) => {
  expect(withLineEndsOf(before, text)).toBe(expected);
});
