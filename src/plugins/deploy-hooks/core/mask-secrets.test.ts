import fc from 'fast-check';
import { maskSecrets, type Confidential } from './mask-secrets';

const confidential: Confidential = {
  url: 'https://api.example.org/build_hooks/5f3c9a7e1b/?token=k%2Fabcdefgh&x=1',
  headers: {
    authorization: 'Bearer tok_0123456789',
    'x-key': 'a"b/c&d<e',
    cookie: 'session=s3ss10n-1d; lang=en',
    'x-flag': '1',
  },
  secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
};

test.each([
  [
    'the URL',
    'no such hook: https://api.example.org/build_hooks/5f3c9a7e1b/?token=k%2Fabcdefgh&x=1',
  ],
  ['path and query', 'POST /build_hooks/5f3c9a7e1b/?token=k%2Fabcdefgh&x=1 failed'],
  ['a part of the path', '{"id":"5f3c9a7e1b"}'],
  ['a part of the query', '{"token":"k/abcdefgh"}'],
  ['a part of the query as JSON of PHP', '{"token":"k\\/abcdefgh"}'],
  ['a header', 'authorization: Bearer tok_0123456789'],
  ['a token without its scheme', '{"token":"tok_0123456789"}'],
  ['a cookie', 'session s3ss10n-1d is over'],
  ['a value as JSON', JSON.stringify({ key: 'a"b/c&d<e' })],
  ['a value as HTML', '<p>a&quot;b/c&amp;d&lt;e</p>'],
  ['a value as a URL', '?key=a%22b%2Fc%26d%3Ce'],
  ['a secret', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
  ['a secret without its prefix', 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
])('%s is masked', (_name, text) => {
  const masked = maskSecrets(text, confidential);
  expect(masked).toContain('•••');
  expect(masked).not.toMatch(
    /5f3c9a7e1b|abcdefgh|tok_|s3ss10n|a"b|a\\"b|a&quot;|a%22|MfKQ9r8GKYqrTw/
  );
});

test('the rest of a text stays, and so do words that are too short for a secret', () => {
  expect(maskSecrets('1 hook tok_0123456789 is unknown in /api', confidential)).toBe(
    '1 hook ••• is unknown in /api'
  );
});

test('a secret at which a text was cut is masked as far as it is there', () => {
  expect(maskSecrets('your token is tok_01234', confidential)).toBe('your token is •••');
});

test('no secret is left in any text, nor the beginning of one at which it was cut', () => {
  const secrets = fc.stringMatching(/^[A-Za-z0-9+/"&<%]{8,30}$/);
  fc.assert(
    fc.property(secrets, fc.string(), fc.string(), fc.nat(), (secret, before, after, cut) => {
      const mask = (text: string) =>
        maskSecrets(text, { ...confidential, headers: { 'x-key': secret } });
      expect(mask(before + secret + after)).not.toContain(secret);
      const begun = secret.slice(0, 6 + (cut % (secret.length - 6)));
      expect(mask(before + begun)).not.toContain(begun);
    })
  );
});
