import { misfits, type AttributeSchema, type TypeSchema } from '.';
import { articles } from '../testing/shape';
import { posts } from '../testing/posts';

const string = { type: 'string' };
const relation = (kind: string, target: string) => ({ type: 'relation', relation: kind, target });

/** The content type that fits the posts of a blog. */
const POST: TypeSchema = {
  kind: 'collectionType',
  options: { draftAndPublish: true },
  attributes: {
    slug: { type: 'uid' },
    body: { type: 'richtext' },
    source: { type: 'text', private: true },
    title: string,
    date: { type: 'datetime' },
    author: relation('manyToOne', 'api::author.author'),
    cover: { type: 'media', multiple: false },
    tags: relation('oneToMany', 'api::tag.tag'),
    links: { type: 'component', component: 'blog.link', repeatable: true },
    distance: { type: 'integer' },
    notInFiles: { type: 'blocks' },
  },
};

const LINK: TypeSchema = {
  attributes: {
    title: string,
    url: { type: 'text' },
    isNew: { type: 'boolean' },
    weight: { type: 'float' },
  },
};

const OTHERS: Record<string, TypeSchema> = {
  'api::author.author': { attributes: { name: string } },
  'api::tag.tag': { attributes: { name: string } },
  'plugin::upload.file': { attributes: {} },
};

const withAttribute = (type: TypeSchema, name: string, schema?: AttributeSchema): TypeSchema => {
  const { [name]: _, ...others } = type.attributes;
  return { ...type, attributes: { ...others, ...(schema && { [name]: schema }) } };
};

const check = (post: TypeSchema, others: Record<string, TypeSchema> = {}) => {
  const types: Record<string, TypeSchema> = {
    'api::post.post': post,
    'blog.link': LINK,
    ...OTHERS,
    ...others,
  };
  return misfits(posts, (uid) => types[uid]);
};

test('a shape that fits has no mistakes, whatever else its type has', () => {
  expect(check(POST)).toEqual([]);
});

const POST_FILE = 'src/api/post/content-types/post/schema.json';

test.each<[string, AttributeSchema | undefined, string]>([
  [
    'title',
    undefined,
    `title: text() has no attribute 'title': in ${POST_FILE} add "title": {"type":"string"}`,
  ],
  [
    'title',
    { type: 'blocks' },
    `title: text() cannot keep its values in 'title', which is of the type blocks: in ${POST_FILE} change it to "title": {"type":"string"}`,
  ],
  [
    'date',
    { type: 'date' },
    `date: datetime() cannot keep its values in 'date', which is of the type date: declare the key with date(), or in ${POST_FILE} change it to "date": {"type":"datetime"}`,
  ],
  [
    'author',
    relation('oneToMany', 'api::author.author'),
    `author: reference() needs a relation to one of api::author.author, and 'author' is oneToMany of api::author.author: in ${POST_FILE} change it to "author": {"type":"relation","relation":"oneToOne","target":"api::author.author"}`,
  ],
  [
    'tags',
    relation('oneToMany', 'api::label.label'),
    `tags: names() needs a relation to many of api::tag.tag, and 'tags' is oneToMany of api::label.label: in ${POST_FILE} change it to "tags": {"type":"relation","relation":"oneToMany","target":"api::tag.tag"}`,
  ],
  [
    'cover',
    { type: 'media', multiple: true },
    `cover: media() holds one file, and 'cover' several: in ${POST_FILE} change it to "cover": {"type":"media","multiple":false}`,
  ],
  [
    'links',
    { type: 'component', component: 'blog.link' },
    `links: list() needs a repeatable component, which 'links' is not: in ${POST_FILE} change it to "links": {"type":"component","component":"blog.link","repeatable":true}`,
  ],
  [
    'distance',
    { type: 'biginteger' },
    `distance: defineField() cannot keep its values in 'distance', which is of the type biginteger: in ${POST_FILE} change it to "distance": {"type":"integer"}`,
  ],
  [
    'source',
    string,
    `source: 'source' cannot keep its values in 'source', which is of the type string: in ${POST_FILE} change it to "source": {"type":"text","private":true,"configurable":false}`,
  ],
])('%s with the schema %j is reported with the line to change', (name, schema, message) => {
  expect(check(withAttribute(POST, name, schema))).toEqual([message]);
});

test.each<[string, AttributeSchema, RegExp]>([
  [
    'author',
    { ...relation('oneToOne', 'api::author.author'), inversedBy: 'post' },
    /^author: reference\(\) would take a target from the document that has it, as 'author' is a two-way oneToOne: .*"relation":"manyToOne"/,
  ],
  [
    'tags',
    { ...relation('oneToMany', 'api::tag.tag'), mappedBy: 'post' },
    /^tags: names\(\) would take a target .*"relation":"manyToMany"/,
  ],
  [
    'source',
    { type: 'text' },
    /^source: 'source' is not private, so anyone could read and write it/,
  ],
])(
  '%s with the schema %j is reported: it would lose or leak something',
  (name, schema, message) => {
    expect(check(withAttribute(POST, name, schema))).toEqual([expect.stringMatching(message)]);
  }
);

test('all mistakes are reported at once', () => {
  const bare: TypeSchema = {
    kind: 'singleType',
    options: { draftAndPublish: false },
    pluginOptions: { i18n: { localized: true } },
    attributes: {},
  };

  expect(check(bare).map((message) => message.split(':')[0])).toEqual([
    'it is a single type, and files are a collection',
    'it has no draft & publish, without which nothing is published',
    'it is localized, which shapes do not support',
    'slug',
    'body',
    'source',
    'title',
    'date',
    'author',
    'cover',
    'tags',
    'links',
    'distance',
  ]);
});

test('a text that may be longer than its attribute is a mistake', () => {
  const type = {
    attributes: { ...POST.attributes, summary: string, order: { type: 'integer' } },
    options: { draftAndPublish: true },
  };
  const found = misfits(articles, (uid) => (uid === 'api::article.article' ? type : undefined));

  expect(found).toContain(
    'summary: text() allows more than the 255 characters that \'summary\' holds, which is of the type string: give it { maxLength: 255 }, or in src/api/article/content-types/article/schema.json change it to "summary": {"type":"text"}'
  );
});

test.each(['uid', 'email'])('an attribute of the type %s holds short text too', (type) => {
  const link = withAttribute(LINK, 'url', { type });

  expect(check(POST, { 'blog.link': link })).toEqual([
    `links.url: text() allows more than the 255 characters that 'url' holds, which is of the type ${type}: give it { maxLength: 255 }, or in src/components/blog/link.json change it to "url": {"type":"text"}`,
  ]);
});

test('a body that may be longer than its attribute is a mistake', () => {
  expect(check(withAttribute(POST, 'body', string))).toEqual([
    `body: 'body' cannot keep its values in 'body', which is of the type string: in ${POST_FILE} change it to "body": {"type":"richtext"}`,
  ]);
});

test('an attribute with a similar name is suggested', () => {
  const { title, ...others } = POST.attributes;
  const type = { ...POST, attributes: { ...others, titel: title as AttributeSchema } };

  expect(check(type)).toEqual([
    `title: text() has no attribute 'title': name 'titel', if that is meant, or in ${POST_FILE} add "title": {"type":"string"}`,
  ]);
});

test('an attribute of a list without a key is a mistake, as it would be lost', () => {
  const link = { attributes: { ...LINK.attributes, icon: string } };

  expect(check(POST, { 'blog.link': link })).toEqual([
    "links: list() names no key for 'icon' of blog.link, and imports would lose what is there: add a key, or remove it from src/components/blog/link.json",
  ]);
});

test('the attributes of a list are checked like those of the type', () => {
  const link = withAttribute(LINK, 'weight', { type: 'decimal' });

  expect(check(POST, { 'blog.link': link })).toEqual([
    `links.weight: number() cannot keep its values in 'weight', which is of the type decimal: in src/components/blog/link.json change it to "weight": {"type":"float"}`,
  ]);
});

test('names of a type with drafts are a mistake', () => {
  const author = { attributes: { name: string }, options: { draftAndPublish: true } };

  expect(check(POST, { 'api::author.author': author })).toEqual([
    'author: reference() leads to api::author.author, whose entries may be drafts: in src/api/author/content-types/author/schema.json set "options": { "draftAndPublish": false }',
  ]);
});

test('a target that is missing, or lacks the attribute for names, is a mistake', () => {
  expect(check(POST, { 'api::tag.tag': undefined as never })).toEqual([
    'tags: names() leads to api::tag.tag, and there is no such content type: check the spelling',
  ]);
  expect(check(POST, { 'api::tag.tag': { attributes: {} } })).toEqual([
    `tags: names() has no attribute 'name': in src/api/tag/content-types/tag/schema.json add "name": {"type":"string"}`,
  ]);
});
