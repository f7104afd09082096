import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '..';

let appDir: string;

beforeEach(async () => {
  appDir = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-init-'));
  await write('tsconfig.json', {});
});

afterEach(() => rm(appDir, { recursive: true }));

async function write(name: string, content: object | string): Promise<void> {
  const file = path.join(appDir, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
}

const read = (name: string) => readFile(path.join(appDir, name), 'utf8');

async function init(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await run(['init', ...args], {
    appDir,
    workingDir: appDir,
    output: { out: (line) => out.push(String(line)), err: (line) => err.push(String(line)) },
  });
  return { exitCode, out, err };
}

const SCHEMA = 'src/api/post/content-types/post/schema.json';
const relation = (kind: string, target: string) => ({ type: 'relation', relation: kind, target });

async function writeBlog(attributes: Record<string, object> = {}): Promise<void> {
  await write(SCHEMA, {
    kind: 'collectionType',
    info: { singularName: 'post', pluralName: 'posts', displayName: 'Post' },
    options: { draftAndPublish: true },
    attributes: {
      title: { type: 'string', required: true },
      slug: { type: 'uid', targetField: 'title' },
      readingTime: { type: 'integer' },
      content: { type: 'richtext' },
      ...attributes,
    },
  });
  await write('src/api/author/content-types/author/schema.json', {
    kind: 'collectionType',
    attributes: { name: { type: 'string' } },
  });
  await write('src/components/shared/seo.json', {
    attributes: { description: { type: 'text' }, priority: { type: 'float' } },
  });
  await write('src/components/shared/question.json', { attributes: { text: { type: 'text' } } });
}

test('a content type yields a shape, and gets the attributes that it lacks', async () => {
  await writeBlog({
    author: relation('oneToOne', 'api::author.author'),
    related: relation('oneToMany', 'api::post.post'),
    level: { type: 'enumeration', enum: ["it's", 'hard'] },
    seo: { type: 'component', component: 'shared.seo' },
    questions: { type: 'component', component: 'shared.question', repeatable: true },
  });

  const { exitCode, out, err } = await init('post');

  expect({ exitCode, err }).toEqual({ exitCode: 0, err: [] });
  expect(out).toEqual([
    'Wrote src/api/post/frontmatter.ts',
    `Added relatedOrder, source to ${SCHEMA}`,
    'Look it through, then build and start the CMS',
  ]);
  expect(await read('src/api/post/frontmatter.ts')).toBe(`import {
  choice,
  defineShape,
  group,
  integer,
  links,
  number,
  reference,
  text,
  textList,
} from 'strapi-plugin-frontmatter/core';

export const shape = defineShape({
  collection: 'posts',
  contentType: 'api::post.post',
  slug: 'slug',
  body: 'content',
  source: 'source',
  files: ['{slug}.md'],
  keys: {
    title: text({ maxLength: 255, required: true }),
    readingTime: integer(),
    author: reference({ target: 'api::author.author' }),
    related: links({ target: 'api::post.post', orderAttribute: 'relatedOrder' }),
    level: choice(['it\\'s', 'hard']),
    seo: group({
      description: text(),
      priority: number(),
    }),
    questions: textList({ itemAttribute: 'text' }),
  },
});
`);
  expect(JSON.parse(await read(SCHEMA)).attributes).toMatchObject({
    title: { type: 'string', required: true },
    relatedOrder: { type: 'json', private: true },
    source: { type: 'text', private: true },
  });
});

test('files determine names and order of the keys, and reveal what does not fit', async () => {
  await writeBlog({
    tags: relation('oneToMany', 'api::author.author'),
    body2: { type: 'blocks' },
    cover: { type: 'media', multiple: false },
  });
  await write(
    'posts/first/index.md',
    '---\nreading_time: 4\ntitle: First\ndraft: true\nmood: calm\ntags: [a]\nday: 2026-05-01\nat: 2026-05-01 08:30:00 +0200\nslug: one\nimage:\n  alt: A hill\ncover:\n  image: a.png\n---\n'
  );
  await write('posts/second.md', '---\ntitle: Second\nreading_time: soon\n---\n');

  const { exitCode, out, err } = await init('api::post.post', '--from', 'posts');

  expect(exitCode).toBe(1);
  expect(err.map((line) => line.replace(appDir, ''))).toEqual([
    'note: mood: one file holds it and the content type has no such attribute: it is kept as it is; to edit it in the CMS add "mood": { "type": "text" }',
    'note: day: one file holds it and the content type has no such attribute: it is kept as it is; to edit it in the CMS add "day": { "type": "date" }',
    'note: at: one file holds it and the content type has no such attribute: it is kept as it is; to edit it in the CMS add "at": { "type": "datetime" }',
    'note: slug: it is kept as it is; the name of its file is the slug of a document',
    "note: image: one file holds it and the content type has no such attribute: it is kept as it is; to edit it in the CMS add a component 'image', or name attributes of your own, as in group({ alt: text({ attribute: 'imageAlt' }) })",
    'note: cover: files hold a group of keys, and cover is one value: declare it by hand, such as group({ image: … }) with the attribute of each of its keys',
    'note: body2: an attribute of type blocks has no field: it stays in the CMS alone; use another type, or defineField()',
    expect.stringMatching(/posts\/second\.md:3:15 reading_time: expected a whole number/),
  ]);
  expect(out.at(-1)).toMatch(
    /^Correct the problem named last, then build and start the CMS and run: frontmatter import .*posts$/
  );
  expect(await read('src/api/post/frontmatter.ts')).toContain(`  tags: 'tags',
  files: ['{slug}.md', '{slug}/index.md'],
  keys: {
    reading_time: integer({ attribute: 'readingTime' }),
    title: text({ maxLength: 255, required: true }),
    draft: state(),
    tags: names({ target: 'api::author.author' }),
  },
`);
});

test('an attribute of another type stays, and the body gets its own name', async () => {
  await writeBlog({
    content: { type: 'blocks' },
    body: { type: 'blocks' },
    cover: { type: 'component', component: 'shared.cover' },
  });
  await write('src/components/shared/cover.json', {
    attributes: { alt: { type: 'string' }, image: { type: 'media' } },
  });

  const { exitCode, err } = await init('post');

  expect(exitCode).toBe(0);
  expect(err).toContainEqual(
    expect.stringContaining('note: cover.image: a media within a component has no field')
  );
  expect(JSON.parse(await read(SCHEMA)).attributes).toMatchObject({
    body: { type: 'blocks' },
    bodyMarkdown: { type: 'richtext' },
  });
});

test('Jekyll: the files are in the folder or below it, and `published` is the state', async () => {
  await writeBlog({ photo: { type: 'media', multiple: false } });
  await write(
    '_posts/2026-05-01-first.md',
    '---\ntitle: First\npublished: false\nphoto: a.png\n---\n'
  );

  expect(await init('post', '--from', '_posts')).toMatchObject({ exitCode: 0, err: [] });
  expect(await read('src/api/post/frontmatter.ts')).toContain(`files: ['{slug}.md'],
  keys: {
    title: text({ maxLength: 255, required: true }),
    published: state({ draftValue: false }),
    photo: media(),`);

  await rm(path.join(appDir, 'src/api/post/frontmatter.ts'));
  await init('post', '--from', '.');
  expect(await read('src/api/post/frontmatter.ts')).toContain("files: ['_posts/{slug}.md'],");
});

test('a content type that cannot be kept as files is rejected, and nothing is written', async () => {
  await writeBlog();
  await write('src/api/tag/content-types/tag/schema.json', {
    kind: 'collectionType',
    attributes: { name: { type: 'string' } },
  });

  const { exitCode, err } = await init('tag');

  expect(exitCode).toBe(2);
  expect(err.join()).toMatch(
    /api::tag\.tag cannot be kept as files: it has no draft & publish, .*needs no shape$/
  );
  expect(JSON.parse(await read('src/api/tag/content-types/tag/schema.json')).attributes).toEqual({
    name: { type: 'string' },
  });
});

test('an application in JavaScript gets JavaScript', async () => {
  await writeBlog();
  await rm(path.join(appDir, 'tsconfig.json'));

  await init('post');

  expect(await read('src/api/post/frontmatter.js')).toMatch(
    /^const \{\n {2}defineShape,\n[^]*\} = require\('strapi-plugin-frontmatter\/core'\);\n\nexports\.shape = defineShape/
  );
});

test.each([
  ['recipe', 'There is no content type api::recipe.recipe'],
  ['post', 'src/api/post/frontmatter.ts is there already: remove it first'],
  ['post --from none', 'no such file or folder: check the path'],
])('init %s is wrong usage', async (args, message) => {
  await writeBlog();
  if (args === 'post') await init('post');

  const { exitCode, err } = await init(...args.split(' '));

  expect(exitCode).toBe(2);
  expect(err.join()).toContain(message);
});
