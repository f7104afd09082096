import { validSecrets, withSecret, type Credentials } from './credentials';

const NOW = new Date('2026-11-23T12:00:00.000Z');
const DAY_MS = 24 * 60 * 60 * 1_000;
const at = (ms: number): Date => new Date(NOW.getTime() + ms);
const valuesAt = (credentials: Credentials, ms: number): string[] =>
  validSecrets(credentials, at(ms)).map(({ secret }) => secret);

const before: Credentials = { url: 'https://a.b', headers: {}, secrets: [{ secret: 'first' }] };

test('a replaced secret stays valid in addition to the new one for a day', () => {
  const rotated = withSecret(before, 'second', NOW);

  expect(valuesAt(rotated, 0)).toEqual(['second', 'first']);
  expect(valuesAt(rotated, DAY_MS - 1)).toEqual(['second', 'first']);
  expect(valuesAt(rotated, DAY_MS)).toEqual(['second']);
});

test('at most two are valid at once', () => {
  const rotated = withSecret(withSecret(before, 'second', NOW), 'third', at(1));

  expect(valuesAt(rotated, 2)).toEqual(['third', 'second']);
});

test('the first secret of a hook is the only one', () => {
  expect(valuesAt(withSecret({ ...before, secrets: [] }, 'first', NOW), 0)).toEqual(['first']);
});
