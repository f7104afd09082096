import { entry } from './fields/entry';
import { links, names } from './fields/references';
import { number, text, textList } from './fields/values';
import { read } from './read/read';
import { defineShape, type ShapeDeclaration } from './shape';
import { articleDeclaration, articles, fileOf, lineOf } from './testing/shape';
import { group, type KeyTree } from './tree';

const buildDeclaration = (parts: Partial<ShapeDeclaration> = {}): ShapeDeclaration => ({
  ...articleDeclaration,
  ...parts,
});

const relevant = (...paths: string[]) =>
  buildDeclaration({ dates: { ...articleDeclaration.dates, relevant: paths } });

test('a shape keeps its declaration and adds its fields in canonical order', () => {
  expect(articles).toMatchObject(articleDeclaration);
  expect(
    articles.leaves.map(({ path, attribute }) => `${path.join('.')} in ${attribute.join('.')}`)
  ).toEqual([
    'title in title',
    'summary in summary',
    'order in order',
    'rating in rating',
    'isPinned in isPinned',
    'layout in layout',
    'author in author',
    'meta.headline in meta.headline',
    'meta.width in meta.width',
    'meta.published in published',
    'meta.modified in modified',
    'meta.keywords in keywords',
    'related in related',
    'questions in questions',
  ]);
});

test.each(['changes', 'import', 'schemas', 'archive', 'openapi.json', 'metrics', 'preview'])(
  'a collection cannot be called %s',
  (collection) => {
    expect(() => defineShape(buildDeclaration({ collection }))).toThrow(
      new Error(`The collection name '${collection}' is reserved: choose another one`)
    );
  }
);

test.each(['{date}-{slug}.md', '{slug}.mdx', 'posts.md', '{slug}/{lang}.md'])(
  'files cannot be called %s',
  (name) => {
    expect(() => defineShape(buildDeclaration({ files: ['{slug}.md', name] }))).toThrow(
      `'${name}' cannot name the files of 'articles': write a path that ends in .md, with {slug} and no other placeholder`
    );
  }
);

test('a date rule must name keys of the shape', () => {
  expect(() => defineShape(relevant('title', 'headline', 'meta.hedline'))).toThrow(
    new Error("dates.relevant of 'articles' names unknown keys: headline, meta.hedline")
  );
});

test('a date rule names fields, not groups of them', () => {
  expect(() => defineShape(relevant('meta'))).toThrow(
    new Error("dates.relevant of 'articles' names unknown keys: meta")
  );
});

test('a date rule may name the body, an entry and no key at all', () => {
  expect(() => defineShape(relevant('body', 'author'))).not.toThrow();
  expect(() => defineShape(relevant())).not.toThrow();
});

/** The standard shape with these keys added. */
const withKeys = (keys: KeyTree) =>
  buildDeclaration({ keys: { ...articleDeclaration.keys, ...keys } });

/** The standard shape with an entry of these keys added. */
const withEntry = (keys: KeyTree) =>
  withKeys({ sponsor: entry({ target: 'api::sponsor.sponsor', keys }) });

const twoLevels = 'give it an attribute of at most two levels';
const ofDocument = 'give it an attribute of the document itself';

test.each<[string, KeyTree, string]>([
  [
    'a group within a group',
    { media: group({ image: group({ source: text() }) }) },
    `The key 'media.image.source' cannot be stored in 'media.image.source': ${twoLevels}`,
  ],
  [
    'a key with an attribute of three levels',
    { source: text({ attribute: 'media.image.source' }) },
    `The key 'source' cannot be stored in 'media.image.source': ${twoLevels}`,
  ],
  [
    'names in a group',
    { media: group({ labels: names({ target: 'api::label.label' }) }) },
    `The key 'media.labels' cannot be stored in 'media.labels': ${ofDocument}`,
  ],
  [
    'links in a group',
    {
      media: group({ similar: links({ target: 'api::article.article', orderAttribute: 'order' }) }),
    },
    `The key 'media.similar' cannot be stored in 'media.similar': ${ofDocument}`,
  ],
  [
    'a list of texts in a group',
    { media: group({ captions: textList({ itemAttribute: 'caption' }) }) },
    `The key 'media.captions' cannot be stored in 'media.captions': ${ofDocument}`,
  ],
  [
    'an entry in a group',
    { media: group({ owner: entry({ target: 'api::owner.owner', keys: { url: text() } }) }) },
    `The key 'media.owner' cannot be stored in 'media.owner': ${ofDocument}`,
  ],
  [
    'names with an attribute of two levels',
    { labels: names({ target: 'api::label.label', attribute: 'media.labels' }) },
    `The key 'labels' cannot be stored in 'media.labels': ${ofDocument}`,
  ],
])('%s cannot be stored', (_, keys, message) => {
  expect(() => defineShape(withKeys(keys))).toThrow(new Error(message));
});

test.each<[string, KeyTree]>([
  ['names', { friends: names({ target: 'api::author.author' }) }],
  ['links', { friends: links({ target: 'api::article.article', orderAttribute: 'order' }) }],
  ['an entry', { friends: entry({ target: 'api::author.author', keys: { url: text() } }) }],
])('an entry must not hold %s', (_, keys) => {
  expect(() => defineShape(withEntry({ url: text(), ...keys }))).toThrow(
    new Error("The key 'sponsor.friends' refers to others: an entry holds values only")
  );
});

test('an entry must not hold names in a group either', () => {
  const friends = names({ target: 'api::author.author', attribute: 'friends' });

  expect(() => defineShape(withEntry({ social: group({ friends }) }))).toThrow(
    new Error("The key 'sponsor.social.friends' refers to others: an entry holds values only")
  );
});

test.each<[string, KeyTree, RegExp]>([
  [
    'a group within a group',
    { event: group({ label: group({ short: text() }) }) },
    /event\.label\.short' cannot be stored in 'event\.label\.short': give it an attribute of at most/,
  ],
  [
    'a list of texts in a group',
    { event: group({ labels: textList({ itemAttribute: 'label' }) }) },
    /event\.labels' cannot be stored in 'event\.labels': give it an attribute of the document itself/,
  ],
])('an entry must not hold %s', (_, keys, message) => {
  expect(() => defineShape(withEntry(keys))).toThrow(message);
});

test('an entry may hold groups and lists of texts', () => {
  const keys = {
    event: group({ label: text() }),
    labels: textList({ itemAttribute: 'label' }),
  };

  expect(() => defineShape(withEntry(keys))).not.toThrow();
});

test('a group may contain what it cannot store, with an attribute of the document', () => {
  const shape = defineShape(
    withKeys({
      media: group({
        labels: names({ target: 'api::label.label', attribute: 'labels' }),
        captions: textList({ itemAttribute: 'caption', attribute: 'captions' }),
        owner: entry({ target: 'api::owner.owner', keys: { url: text() }, attribute: 'owner' }),
      }),
    })
  );

  expect(shape.leaves.slice(-3).map(({ attribute }) => attribute)).toEqual([
    ['labels'],
    ['captions'],
    ['owner'],
  ]);
});

test('groups may be nested if their keys have an attribute of two levels', () => {
  const image = group({
    source: text({ required: true, attribute: 'media.source' }),
    width: number({ attribute: 'media.width' }),
  });
  const file = fileOf("title: 'T'", 'order: 1', 'media:', '  image:', '    width: big');

  expect(read(defineShape(withKeys({ media: group({ image }) })), file).issues.map(lineOf)).toEqual(
    [
      "5:3 error missing-key media.image.source: the key 'source' is required and is missing: add it",
      "6:12 error invalid-type media.image.width: expected a number, such as 968 or 0.5, found the text 'big'",
    ]
  );
});

test('defining a shape does not change its declaration', () => {
  const declaration = buildDeclaration();

  defineShape(declaration);

  expect(declaration).toEqual(articleDeclaration);
});

test('a shape without required keys accepts empty frontmatter', () => {
  const { summary } = articleDeclaration.keys;
  const shape = defineShape({ ...relevant(), keys: summary ? { summary } : {} });

  expect(read(shape, fileOf())).toMatchObject({ kind: 'valid', frontmatter: {}, issues: [] });
});
