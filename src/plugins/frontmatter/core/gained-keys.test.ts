import {
  gainedEntryValues,
  gainedRejections,
  gainedValues,
  keyPaths,
  withLeaves,
} from './gained-keys';
import { fromFrontmatter } from './document';
import { posts } from './testing/posts';
import { articles } from './testing/shape';

const gainedOf = (paths: string[], data: object, document: object = {}) =>
  gainedValues(articles, new Set(paths), data as never, document as never).map(
    ({ leaf, value }) => [leaf.path.join('.'), value]
  );

test('a shape is remembered by its leaves, including those of its entries', () => {
  expect(keyPaths(articles)).toEqual(
    expect.arrayContaining(['title', 'meta.width', 'author', 'author.contact.label', 'related'])
  );
  expect(keyPaths(articles)).not.toContain('meta');
});

describe('values of gained keys', () => {
  test('are those that the source holds, the shape accepts and the document lacks', () => {
    const data = {
      summary: 'S',
      rating: 'high',
      isPinned: false,
      meta: { width: 5, headline: 'H' },
    };
    const paths = ['summary', 'rating', 'isPinned', 'meta.width'];

    expect(gainedOf(paths, data)).toEqual([
      ['summary', 'S'],
      ['isPinned', false],
      ['meta.width', 5],
    ]);
    expect(gainedOf(paths, data, { summary: 'Own', isPinned: true, meta: { width: 0 } })).toEqual(
      []
    );
  });

  test('exclude links if the document has an order of links', () => {
    const data = { related: ['a'] };

    expect(gainedOf(['related'], data)).toEqual([['related', ['a']]]);
    expect(gainedOf(['related'], data, { relatedOrder: [{ slug: 'b' }] })).toEqual([]);
  });

  test('exclude empty ones', () => {
    expect(gainedOf(['summary', 'questions'], { summary: '', questions: [] })).toEqual([]);
  });
});

describe('values of keys that an entry gained', () => {
  const data = { author: { url: 'u', title: 'T', contact: { label: 'L', phone: 5 } } };
  const gained = new Set(['author.title', 'author.contact.label', 'author.contact.phone']);
  const found = (document: object) =>
    gainedEntryValues(articles, gained, data, document as never).flatMap(({ values }) =>
      values.map(({ leaf, value }) => [leaf.path.join('.'), value])
    );

  test('are those that the entry lacks and the document does not replace', () => {
    expect(found({ author: { url: 'u' } })).toEqual([
      ['title', 'T'],
      ['contact.label', 'L'],
    ]);
    expect(found({ author: { url: 'u', title: 'Own' }, authorLabel: 'Own' })).toEqual([]);
  });

  test('are absent without the entry', () => {
    expect(found({})).toEqual([]);
  });
});

test('a shape with some of its leaves splits only these', () => {
  const leaves = articles.leaves.filter(({ path }) =>
    ['meta.width', 'related', 'summary'].includes(path.join('.'))
  );
  const data = { title: 'T', summary: 'S', meta: { width: 5, headline: 'H' }, related: ['a', 'a'] };

  const content = fromFrontmatter(withLeaves(articles, leaves), data, '');

  expect(content.attributes).toEqual({ summary: 'S', meta: { width: 5 }, body: '' });
  expect(content.references).toMatchObject([{ kind: 'links', slugs: ['a'] }]);
});

test('only values of gained keys are reported as refused', () => {
  const data = { order: 'x', rating: 'high', meta: 'none', questions: [1] };
  const refused = gainedRejections(articles, new Set(['rating', 'meta.width', 'summary']), data);

  expect(refused.map(({ path }) => path.join('.'))).toEqual(['rating', 'meta']);
});

test('the items of a list get gained keys if they are otherwise the same', () => {
  const source = { links: [{ title: 'A', url: 'a' }, { title: 'B' }] };
  const stored = [
    { id: 1, title: 'A', url: null },
    { id: 2, title: 'B', url: null },
  ];
  const gainedIn = (links: unknown) =>
    gainedValues(posts, new Set(['links.url']), source, { links }).map(({ value }) => value);

  expect(keyPaths(posts)).toContain('links.url');
  expect(gainedIn(stored)).toEqual([source.links]);
  expect(gainedIn([{ title: 'Edited' }, { title: 'B' }])).toEqual([]);
  expect(gainedIn([stored[0]])).toEqual([]);
});
