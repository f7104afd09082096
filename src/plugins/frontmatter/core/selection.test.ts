import { entry } from './fields/entry';
import { names } from './fields/references';
import { integer, text } from './fields/values';
import { parseSelection, selectKeys } from './selection';
import { defineShape } from './shape';
import { group } from './tree';

const shape = defineShape({
  collection: 'recipes',
  contentType: 'api::recipe.recipe',
  slug: 'slug',
  body: 'text',
  source: 'source',
  files: ['{slug}.md'],
  keys: {
    order: integer(),
    title: text(),
    seo: group({
      title: text(),
      keywords: names({ attribute: 'keywords', target: 'api::keyword.keyword' }),
    }),
    sponsor: entry({ target: 'api::sponsor.sponsor', keys: { url: text() } }),
  },
  dates: {
    published: 'datePublished',
    modified: 'dateModified',
    override: 'dateOverride',
    minorEdit: 'minorEdit',
    relevant: [],
  },
});

test('keys, groups, keys of entries and the body can be selected', () => {
  expect(parseSelection(shape, ['title', 'seo', 'seo.title', 'sponsor.url', 'body'])).toEqual({
    kind: 'selection',
    selection: { paths: [['title'], ['seo'], ['seo', 'title'], ['sponsor', 'url']], body: true },
  });
});

test.each([
  ['titel', "'titel' is not a key of 'recipes': did you mean 'title'?"],
  ['seo.tilte', "'seo.tilte' is not a key of 'recipes': did you mean 'seo.title'?"],
  ['', "'' is not a key of 'recipes': did you mean 'seo'?"],
])('%j is refused', (name, message) => {
  expect(parseSelection(shape, ['title', name])).toEqual({ kind: 'refused', message });
});

test('a selection keeps the order and the empty values of the data', () => {
  const data = {
    title: 'Tea',
    own: 1,
    seo: { keywords: ['a'], title: null, other: 2 },
    sponsor: null,
  };
  const select = (...paths: string[][]) => JSON.stringify(selectKeys(data, paths));

  expect(select(['seo', 'title'], ['title'])).toBe('{"title":"Tea","seo":{"title":null}}');
  expect(select(['seo'], ['seo', 'title'])).toBe(
    '{"seo":{"keywords":["a"],"title":null,"other":2}}'
  );
  expect(select(['sponsor', 'url'], ['order'])).toBe('{}');
  expect(select(['sponsor'])).toBe('{"sponsor":null}');
});
