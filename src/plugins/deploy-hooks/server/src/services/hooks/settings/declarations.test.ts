import { readDeclarations } from './declarations';

/** Part of everything that is secret; no message may contain it. */
const HUSH = 'hush7f3a';
const SECRET = `whsec_${'A'.repeat(43)}=`;

const declared = (given: object = {}) => ({
  name: 'docs',
  url: `https://example.org/${HUSH}`,
  secret: SECRET,
  ...given,
});

const noProblems = () => [];

test('reads hooks from JSON, with defaults for the rest', () => {
  const text = JSON.stringify([declared(), declared({ name: 'shop', fromBeginning: true })]);

  expect(readDeclarations(text, noProblems)).toMatchObject([
    { settings: { name: 'docs', preset: 'generic' }, secret: SECRET, fromBeginning: false },
    { settings: { name: 'shop' }, fromBeginning: true },
  ]);
});

test.each(['', ' ', '[]'])('%j declares no hooks', (text) => {
  expect(readDeclarations(text, noProblems)).toEqual([]);
});

test.each<[string, unknown, RegExp]>([
  ['no JSON', `[{ "name": "a", "secret": ${HUSH} }]`, /^DEPLOY_HOOKS_DECLARED: is not valid JSON/],
  ['no list', JSON.stringify(declared()), /^DEPLOY_HOOKS_DECLARED: must be a list/],
  [
    'an unknown property',
    [declared(), declared({ quiet: HUSH })],
    /^DEPLOY_HOOKS_DECLARED\[1\]: quiet: is not known/,
  ],
  [
    'no secret',
    [declared({ secret: undefined })],
    /^DEPLOY_HOOKS_DECLARED\[0\]: secret: is missing/,
  ],
  ['one name twice', [declared(), declared()], /^DEPLOY_HOOKS_DECLARED\[1\]: name: /],
])('refuses %s with its position and without its content', (_, given, expected) => {
  const read = () => readDeclarations(given as string, noProblems);

  expect(read).toThrow(expected);
  expect(read).not.toThrow(HUSH);
});

test('what the installation does not accept is reported in the same way', () => {
  const problem = { path: ['filter', 'tags'], message: 'documents have none' };

  expect(() => readDeclarations([declared()], () => [problem])).toThrow(
    /^DEPLOY_HOOKS_DECLARED\[0\]: filter\.tags: documents have none$/
  );
});
