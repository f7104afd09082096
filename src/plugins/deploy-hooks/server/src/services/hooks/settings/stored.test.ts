import type { HookSettings, HookUpdate } from '../../../../../shared';
import { credentialsOf, isRevised, isSame, withUpdate } from './stored';

const BEFORE: HookSettings = {
  name: 'docs',
  preset: 'github',
  url: 'https://api.github.com/repos/o/r/dispatches',
  token: 'token',
  headers: { 'x-a': '1', 'x-b': '2' },
  filter: { collections: ['roadmaps'] },
  quietPeriodMs: 5_000,
  maxWaitMs: 60_000,
  isEnabled: true,
  statusUrl: null,
};

test.each<[string, HookUpdate, boolean]>([
  ['another name', { name: 'other' }, false],
  ['other periods', { quietPeriodMs: 0, maxWaitMs: 1 }, false],
  ['another status URL', { statusUrl: 'https://example.org/' }, false],
  ['a hook that is disabled', { isEnabled: false }, false],
  ['the same filter', { filter: { collections: ['roadmaps'], tags: undefined } }, false],
  ['the same headers in another order', { headers: { 'x-b': '2', 'x-a': null } }, false],
  ['another filter', { filter: {} }, true],
  ['another address', { url: 'https://example.org' }, true],
  ['another token', { token: 'other' }, true],
  ['one header less', { headers: { 'x-a': null } }, true],
  ['another preset', { preset: 'generic' }, true],
])('knows whether %s is a revision', (_, update, expected) => {
  expect(isRevised(BEFORE, withUpdate(BEFORE, update))).toBe(expected);
});

test('compares every setting when a hook is declared again', () => {
  expect(
    isSame(BEFORE, { ...BEFORE, filter: { collections: ['roadmaps'], tags: undefined } })
  ).toBe(true);
  expect(isSame(BEFORE, { ...BEFORE, isEnabled: false })).toBe(false);
  expect(isSame(BEFORE, { ...BEFORE, statusUrl: 'https://example.org' })).toBe(false);
  expect(isSame(BEFORE, { ...BEFORE, token: 'other' })).toBe(false);
});

test('drops the token if the preset needs none, and the secret if it does not sign', () => {
  expect(withUpdate(BEFORE, { preset: 'vercel' })).not.toHaveProperty('token');
  expect(withUpdate(BEFORE, { preset: 'vercel', token: 'new' })).toHaveProperty('token', 'new');
  expect(credentialsOf(BEFORE, [{ secret: 'whsec_x' }])).toEqual({
    url: BEFORE.url,
    token: 'token',
    headers: BEFORE.headers,
    secrets: [],
  });
});
