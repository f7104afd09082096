import { read } from './read';
import { defineShape, type ShapeDeclaration } from './shape';
import { articleDeclaration, articles, fileOf } from './testing/shape';

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

test.each(['changes', 'import', 'schemas', 'archive', 'openapi.json', 'metrics'])(
  'a collection must not be called %s',
  (collection) => {
    expect(() => defineShape(buildDeclaration({ collection }))).toThrow(
      new Error(`The collection name '${collection}' is reserved: choose another one`)
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

test('defining a shape does not change its declaration', () => {
  const declaration = buildDeclaration();

  defineShape(declaration);

  expect(declaration).toEqual(articleDeclaration);
});

test('a shape without a required key takes empty frontmatter', () => {
  const { summary } = articleDeclaration.keys;
  const shape = defineShape({ ...relevant(), keys: summary ? { summary } : {} });

  expect(read(shape, fileOf())).toMatchObject({ kind: 'valid', frontmatter: {}, issues: [] });
});
