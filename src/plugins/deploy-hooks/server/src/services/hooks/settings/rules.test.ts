import { omit } from 'es-toolkit';
import { defineShape, group, names, text, type Shape } from 'strapi-plugin-frontmatter/core';
import type { HookSettings } from '../../../../../shared';
import { ruleProblems, type GivenSettings } from './rules';
import { createBody } from './schema';

const dates = { published: 'p', modified: 'm', override: 'o', minorEdit: 'e', relevant: [] };
const declaration = { slug: 'slug', body: 'body', source: 'source', files: ['{slug}.md'], dates };

const SHAPES: Shape[] = [
  defineShape({
    ...declaration,
    collection: 'roadmaps',
    tags: 'tags',
    contentType: 'api::roadmap.roadmap',
    keys: {
      title: text(),
      seo: group({ title: text(), description: text() }),
      tags: names({ target: 'api::tag.tag' }),
    },
  }),
  defineShape({
    ...declaration,
    collection: 'guides',
    contentType: 'api::guide.guide',
    keys: { title: text(), level: text() },
  }),
];

const SECRET = `whsec_${'A'.repeat(32)}`;

const settings = (given: Partial<GivenSettings> = {}): GivenSettings => ({
  ...omit(createBody.parse({ name: 'docs', url: 'https://example.org/hook' }), ['fromBeginning']),
  ...given,
});

/** Each problem as `path: message`. */
function problemsOf(
  given: Partial<GivenSettings>,
  touched = Object.keys(settings(given))
): string[] {
  const context = { shapes: SHAPES, allowedHosts: [] };
  return ruleProblems(settings(given), touched, context).map(
    ({ path, message }) => `${path.join('.')}: ${message}`
  );
}

test('accepts settings of all kinds', () => {
  const filter = {
    collections: ['roadmaps', 'guides'],
    tags: ['role-roadmap'],
    changed: ['seo', 'seo.title', 'level', 'body'],
  };

  expect(problemsOf({ filter, headers: { 'X-Site': 'docs' }, secret: SECRET })).toEqual([]);
});

test.each<[string, Partial<GivenSettings>, RegExp[]]>([
  ['an address of another scheme', { url: 'ftp://example.org' }, [/^url: .*http/]],
  [
    'a private address',
    { url: 'http://10.0.0.1/x' },
    [/^url: .*add '10\.0\.0\.1' to allowedHosts/],
  ],
  ['a private status URL', { statusUrl: 'http://[::1]/' }, [/^statusUrl: .*allowedHosts/]],
  [
    'an address of another host',
    { preset: 'vercel', url: 'https://api.netlify.com/x' },
    [/^url: /],
  ],
  ['a token that nobody reads', { token: 'abc' }, [/^token: does not apply to generic/]],
  [
    'no token',
    { preset: 'github', url: 'https://api.github.com/repos/o/r/dispatches' },
    [/^token: is missing/],
  ],
  ['a short secret', { secret: 'whsec_AAAA' }, [/^secret: has 3 bytes/]],
  [
    'a secret that signs nothing',
    { preset: 'vercel', secret: SECRET },
    [/^secret: does not apply to vercel/],
  ],
  ['a header that is the connection’s own', { headers: { Host: 'x' } }, [/^headers\.Host: /]],
  ['a header with a line break', { headers: { 'x-a': 'a\r\nx-b: c' } }, [/^headers\.x-a: /]],
  ['a header twice', { headers: { 'x-a': '1', 'X-A': '2' } }, [/^headers\.X-A: is listed twice/]],
  ['a wait below the quiet period', { maxWaitMs: 1 }, [/^maxWaitMs: is 1, shorter than .* 5000/]],
  [
    'an unknown collection',
    { filter: { collections: ['roadmap'] } },
    [/^filter\.collections\.0: .*roadmaps, guides/],
  ],
  [
    'tags of documents without',
    { filter: { collections: ['guides'], tags: ['a'] } },
    [/^filter\.tags: documents of guides/],
  ],
  [
    'a misspelt key',
    { filter: { changed: ['title', 'seo.titel'] } },
    [/^filter\.changed\.1: 'seo\.titel' .* did you mean 'seo\.title'/],
  ],
  [
    'a key of another collection',
    { filter: { collections: ['roadmaps'], changed: ['level'] } },
    [/^filter\.changed\.0: 'level' is not a key of 'roadmaps'/],
  ],
])('refuses %s at its path', (_, given, expected) => {
  const problems = problemsOf(given);

  expect(problems).toHaveLength(expected.length);
  problems.forEach((problem, index) => expect(problem).toMatch(expected[index] as RegExp));
});

test('does not check again what an update leaves alone', () => {
  const given = { url: 'http://10.0.0.1/', filter: { changed: ['gone'] } };

  expect(problemsOf(given, ['isEnabled'])).toEqual([]);
  expect(problemsOf(given, ['preset'])).toHaveLength(1);
});

test('no message contains a token, a secret, a header value or a part of the address that may be one', () => {
  const hush: Partial<HookSettings> & { secret: string } = {
    url: 'http://10.0.0.1/hush?hush=hush',
    statusUrl: 'ftp://example.org/hush',
    token: 'hush',
    secret: 'hush',
    headers: { 'x-a': 'hush\n', host: 'hush' },
  };

  expect(problemsOf(hush)).toHaveLength(6);
  expect(problemsOf(hush).join()).not.toContain('hush');
});
