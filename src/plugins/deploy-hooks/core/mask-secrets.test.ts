import { escape } from 'es-toolkit';
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

test('keeps the rest of a text, and words that are too short for a secret', () => {
  expect(maskSecrets('1 hook tok_0123456789 is unknown in /api', confidential)).toBe(
    '1 hook ••• is unknown in /api'
  );
});

test('masks what is left of a secret in which a text was cut off', () => {
  expect(maskSecrets('your token is tok_01234', confidential)).toBe('your token is •••');
});

test('leaves no secret in any text, nor the beginning of one in which it was cut off', () => {
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

const hook = {
  url: 'https://api.example.org/hook/my%20s%C3%A9cret%2Ftoken?k%2Fabc%20def#top',
  headers: { authorization: `Basic ${btoa('deploy:p4ss/w0rd+1')}` },
  secrets: [`whsec_${btoa('thirty-two bytes of a secret key')}`],
};

test.each([
  ['a part of the path, decoded', 'no hook "my sécret/token" here'],
  ['the URL, decoded', 'POST https://api.example.org/hook/my sécret/token?k/abc def'],
  ['the path as JSON of ASCII', '{"path":"/hook/my s\\u00e9cret\\/token"}'],
  ['the path, encoded once more', 'next=%2Fhook%2Fmy%2520s%25C3%25A9cret%252Ftoken'],
  ['the path as HTML', '<p>my&#32;s&#xE9;cret&#47;token</p>'],
  ['the path as JavaScript', "at 'my\\x20s\\xc3\\xa9cret\\x2ftoken'"],
  ['a query without a name, decoded', 'k/abc def is unknown'],
  ['a query without a name, as in a form', 'k%2Fabc+def is unknown'],
  ['the user and password of Basic', 'deploy:p4ss/w0rd+1 may not do this'],
  ['the password of Basic', 'p4ss/w0rd+1 is wrong'],
  ['the password of Basic, as HTML', 'p4ss&#x2F;w0rd&#43;1 is wrong'],
  ['the bytes of a signing secret', 'signed with thirty-two bytes of a secret key'],
  ['base64 of the URL', btoa(`{"url":"${hook.url}"}`)],
  ['hexadecimal digits of the password', Buffer.from('p4ss/w0rd+1').toString('hex')],
])('%s is masked', (_name, text) => {
  const masked = maskSecrets(text, hook);

  expect(masked).toContain('•••');
  expect(masked).not.toMatch(
    /my.{0,6}s|cret|abc|p4ss|w0rd|thirty|secret|bXkl|JTJGd|2Ftoken|703473732f/i
  );
});

/** Ways to encode a text, each with its inverse. */
const ENCODINGS: [
  name: string,
  encode: (text: string) => string,
  decode: (text: string) => string,
][] = [
  ['plain text', (text) => text, (text) => text],
  ['a URL', encodeURIComponent, decodeURIComponent],
  [
    'a URL in a URL',
    (text) => encodeURIComponent(encodeURIComponent(text)),
    (text) => decodeURIComponent(decodeURIComponent(text)),
  ],
  [
    'a form',
    (text) => new URLSearchParams({ text }).toString(),
    (text) => decodeURIComponent(text.replaceAll('+', ' ')),
  ],
  ['JSON', (text) => JSON.stringify(text).slice(1, -1), (text) => JSON.parse(`"${text}"`)],
  [
    'JSON of ASCII',
    (text) =>
      text.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    (text) => JSON.parse(`"${text}"`),
  ],
  ['HTML', escape, (text) => text.replaceAll('&amp;', '&').replaceAll('&lt;', '<')],
  ...(['base64', 'base64url', 'hex'] as const).map((encoding): (typeof ENCODINGS)[number] => [
    encoding,
    (text) => Buffer.from(text).toString(encoding),
    (text) => Buffer.from(text, encoding).toString(),
  ]),
];

test.each(ENCODINGS)('leaves no part of a URL in %s, wherever it is', (_name, encode, decode) => {
  const secrets = fc.string({ unit: 'grapheme', minLength: 8, maxLength: 30 });
  const words = fc.stringMatching(/^[a-z ]{0,9}$/);
  fc.assert(
    fc.property(secrets, words, words, (secret, before, after) => {
      fc.pre(secret.trim().length >= 8 && !['.', '..'].includes(secret) && !secret.includes('•'));
      const url = `https://example.org/hooks/${encodeURIComponent(secret)}/a`;
      const masked = maskSecrets(encode(before + secret + after), {
        url,
        headers: {},
        secrets: [],
      });
      expect(masked).toContain('•••');
      // At the ends of base64, at most a few bits of a character are left.
      const inner = [...secret].slice(1, -1).join('');
      for (const piece of masked.split('•••')) expect(decode(piece)).not.toContain(inner);
    }),
    { numRuns: 25 }
  );
});

test('masks a secret in which a text was cut off, however it is encoded', () => {
  const { url } = hook;
  for (const text of [
    'my%20s%C3%A9cret%2',
    'my sécret/t',
    'my\\u0020s\\u00e9cr\\u00',
    'p4ss/w0&#4',
    btoa('p4ss/w0rd+1').slice(0, 11),
  ]) {
    expect(maskSecrets(`unknown: ${text}`, { ...hook, url })).toBe('unknown: •••');
  }
});
