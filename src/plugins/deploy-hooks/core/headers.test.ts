import { validateHeaderName, validateHeaderValue } from 'node:http';
import fc from 'fast-check';
import { anyCharacter } from '../../../../tests/helpers/any-text';
import { headerProblem } from './headers';

test.each([
  ['Authorization', 'Bearer abc'],
  ['X-Site', 'docs'],
  ['x-empty', ''],
  ['x-tab', 'a\tb'],
  ['x-latin', 'Größe'],
  ["!#$%&'*+-.^_`|~09", 'every character that a name may have'],
])('%s: %j can be sent', (name, value) => {
  expect(headerProblem(name, value)).toBeUndefined();
});

test.each([
  'host',
  'Host',
  'content-length',
  'Content-Length',
  'content-type',
  'content-encoding',
  'accept-encoding',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'expect',
  'upgrade',
  'te',
  'trailer',
])('a hook cannot set %s', (name) => {
  expect(headerProblem(name, 'x')).toBe(`${name.toLowerCase()} cannot be set by a hook: remove it`);
});

test.each([
  ['Proxy-Authorization', 'proxy-…'],
  ['proxy-connection', 'proxy-…'],
  ['webhook-id', 'webhook-…'],
  ['Webhook-Signature', 'webhook-…'],
])('a hook cannot set %s, like all headers %s', (name, prefix) => {
  expect(headerProblem(name, 'x')).toBe(`headers ${prefix} cannot be set by a hook: remove it`);
});

test.each(['', ' ', 'a b', 'a:', 'a\r\nb', 'x\0', 'é', 'a/b', '"a"'])('refuses %j', (name) => {
  expect(headerProblem(name, 'x')).toMatch(/^a header name consists of/);
});

test.each([
  ['a\r\nx-injected: 1', 'U+000D'],
  ['a\nb', 'U+000A'],
  ['a\0', 'U+0000'],
  ['\x7f', 'U+007F'],
  ['\u0100', 'U+0100'],
  ['“quoted”', 'U+201C'],
  ['🙂', 'U+1F642'],
  ['\ud800', 'U+D800'],
])('refuses the value %j because of %s', (value, character) => {
  expect(headerProblem('x-site', value)).toBe(
    `its value holds the character ${character}: use only printable characters of ISO 8859-1`
  );
});

test('refuses a value that is too long for servers', () => {
  expect(headerProblem('x-site', 'a'.repeat(4_000))).toBeUndefined();
  expect(headerProblem('x-site', 'a'.repeat(4_091))).toMatch(/^is longer than 4096 characters/);
});

test('Node.js sends what is accepted, in one line', () => {
  const text = fc.oneof(fc.string({ unit: anyCharacter }), fc.string({ unit: 'grapheme-ascii' }));
  fc.assert(
    fc.property(text, text, (name, value) => {
      if (headerProblem(name, value) !== undefined) return;
      validateHeaderName(name);
      validateHeaderValue(name, value);
      expect(name + value).not.toMatch(/[\r\n\0]/);
    })
  );
});
