import { decode } from './decode';
import { MAX_FILE_BYTES } from './limits';

const bytesOf = (...parts: (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part))
  );

test('text in any script is returned unchanged', () => {
  expect(decode(bytesOf('naïve 日本 👩‍💻\r\n'))).toEqual({
    kind: 'text',
    text: 'naïve 日本 👩‍💻\r\n',
  });
});

test('a byte order mark stays in the text', () => {
  expect(decode(bytesOf([0xef, 0xbb, 0xbf], '---'))).toEqual({ kind: 'text', text: '\uFEFF---' });
});

test('an empty file is an empty text', () => {
  expect(decode(bytesOf())).toEqual({ kind: 'text', text: '' });
});

test('U+FFFD in a file is text, not a sign of an invalid byte', () => {
  expect(decode(bytesOf('a\uFFFDb'))).toEqual({ kind: 'text', text: 'a\uFFFDb' });
});

const notUtf8 = (line: number, column: number) => ({
  kind: 'refused',
  issues: [
    {
      code: 'not-utf8',
      severity: 'error',
      path: '',
      line,
      column,
      message: 'a byte that is not UTF-8: save the file with the encoding UTF-8',
    },
  ],
});

test('a byte that is not UTF-8 is reported at its position', () => {
  expect(decode(bytesOf('---\ntitle: ', [0xff], 'x\n---\n'))).toEqual(notUtf8(2, 8));
});

test('columns count the characters before the byte, not their bytes', () => {
  expect(decode(bytesOf('日本\n語é', [0xe9], 'x'))).toEqual(notUtf8(2, 3));
});

test('columns are UTF-16 code units, as editors and the YAML parser count them', () => {
  expect(decode(bytesOf('😀', [0xff]))).toEqual(notUtf8(1, 3));
});

test('only the first of several invalid bytes is reported', () => {
  expect(decode(bytesOf('a\nb', [0xff], '\nc', [0xfe]))).toEqual(notUtf8(2, 2));
});

test('an incomplete character in the middle of a file is reported where it begins', () => {
  expect(decode(bytesOf('ab', [0xe6, 0x97], 'c'))).toEqual(notUtf8(1, 3));
});

test('a character that the end of the file cuts off is reported where it begins', () => {
  expect(decode(bytesOf('a\nbc', [0xf0, 0x9f, 0x98]))).toEqual(notUtf8(2, 3));
});

test.each([
  ['the first byte of a file', bytesOf([0x80])],
  ['an overlong form', bytesOf([0xc0, 0xaf])],
  ['an encoded surrogate', bytesOf([0xed, 0xa0, 0x80])],
  ['a code point beyond U+10FFFF', bytesOf([0xf4, 0x90, 0x80, 0x80])],
  ['a file in UTF-16', bytesOf([0xff, 0xfe, 0x2d, 0x00])],
])('%s is refused', (_, bytes) => {
  expect(decode(bytes)).toEqual(notUtf8(1, 1));
});

test('an invalid byte at the end of a large file is found', () => {
  const text = 'é'.repeat(99).concat('\n').repeat(5_000);

  expect(decode(bytesOf(text, [0xff]))).toEqual(notUtf8(5_001, 1));
});

test('a file of 1.25 MiB is accepted', () => {
  const text = 'x'.repeat(MAX_FILE_BYTES);

  expect(decode(bytesOf(text))).toEqual({ kind: 'text', text });
});

test('a file of more than 1.25 MiB is refused before it is decoded', () => {
  expect(decode(new Uint8Array(1_310_721).fill(0xff))).toEqual({
    kind: 'refused',
    issues: [
      {
        code: 'too-large',
        severity: 'error',
        path: '',
        line: 1,
        column: 1,
        message: 'the file has 1310721 bytes, the limit is 1310720: move long text out of it',
      },
    ],
  });
});
