import type { z } from 'zod';
import { parseFields } from 'strapi-plugin-frontmatter/kit/field-error';
import { createBody, updateBody } from './schema';

const VALID = { name: 'docs', url: 'https://example.org/hook' };
const USUAL = {
  preset: 'generic',
  headers: {},
  filter: {},
  quietPeriodMs: 5_000,
  maxWaitMs: 60_000,
  isEnabled: true,
  statusUrl: null,
  fromBeginning: false,
};

/** Each problem as `path: message`. */
function problemsOf(given: unknown, schema: z.ZodType = createBody): string[] {
  try {
    parseFields<unknown>(schema, given);
    return [];
  } catch (error) {
    const { errors } = (error as { details: { errors: { path: string[]; message: string }[] } })
      .details;
    return errors.map(({ path, message }) => `${path.join('.')}: ${message}`);
  }
}

test('a name and an address make a hook, with defaults for the rest', () => {
  expect(parseFields(createBody, VALID)).toEqual({ ...VALID, ...USUAL });
});

test('removes spaces around names and addresses, and repeated items of a filter', () => {
  const filter = { tags: ['a', ' a ', 'b'] };

  expect(parseFields(createBody, { name: ' docs ', url: ' https://a.b ', filter })).toEqual({
    ...USUAL,
    name: 'docs',
    url: 'https://a.b',
    filter: { tags: ['a', 'b'] },
  });
});

test.each<[string, unknown, string[]]>([
  ['no body', undefined, ['']],
  ['no name and no address', {}, ['name', 'url']],
  ['an empty name', { ...VALID, name: ' ' }, ['name']],
  ['a long name', { ...VALID, name: 'n'.repeat(81) }, ['name']],
  ['a name of two lines', { ...VALID, name: 'a\nb' }, ['name']],
  ['an unknown preset', { ...VALID, preset: 'heroku' }, ['preset']],
  ['an unknown property', { ...VALID, quietPeriod: 5, cursorSeq: 0 }, ['quietPeriod', 'cursorSeq']],
  ['an unknown part of a filter', { ...VALID, filter: { slugs: ['a'] } }, ['filter.slugs']],
  ['an empty filter list', { ...VALID, filter: { collections: [] } }, ['filter.collections']],
  ['a negative period', { ...VALID, quietPeriodMs: -1 }, ['quietPeriodMs']],
  ['half a millisecond', { ...VALID, quietPeriodMs: 0.5 }, ['quietPeriodMs']],
  ['a quiet period above an hour', { ...VALID, quietPeriodMs: 3_600_001 }, ['quietPeriodMs']],
  ['a wait above a day', { ...VALID, maxWaitMs: 86_400_001 }, ['maxWaitMs']],
  ['a period as text', { ...VALID, maxWaitMs: '60' }, ['maxWaitMs']],
  ['a header that is no text', { ...VALID, headers: { 'x-a': 1 } }, ['headers.x-a']],
  ['a header without a value', { ...VALID, headers: { 'x-a': null } }, ['headers.x-a']],
  ['a token with a line break', { ...VALID, token: 'a\nb' }, ['token']],
])('refuses %s at its path', (_, given, expected) => {
  const paths = problemsOf(given).map((problem) => problem.slice(0, problem.indexOf(': ')));

  expect(paths).toEqual(expected);
});

test('an update may set anything but a secret, and keeps the value of a header that is null', () => {
  expect(problemsOf({ isEnabled: false, headers: { 'x-a': null } }, updateBody)).toEqual([]);
  expect(problemsOf({ secret: 'whsec_x', fromBeginning: true }, updateBody)).toEqual([
    'secret: is not known: remove it',
    'fromBeginning: is not known: remove it',
  ]);
});
