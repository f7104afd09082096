import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FrontmatterData, Shape } from 'strapi-plugin-frontmatter/core';
import { PROJECT_DIR } from '../helpers/cms';
import { readBlocks } from '../helpers/documented-commands';

const README = 'src/plugins/frontmatter/README.md';
const CORE = 'strapi-plugin-frontmatter/core';

/** A folder within the project, so that code finds the plugins by name. */
let folder: string;

beforeAll(() => {
  const parent = path.join(PROJECT_DIR, '.tmp');
  mkdirSync(parent, { recursive: true });
  folder = mkdtempSync(path.join(parent, 'readme-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Loads a module as an application would. */
async function load<Exports>(name: string, code: string): Promise<Exports> {
  const file = path.join(folder, `${name}.ts`);
  writeFileSync(file, code);
  return import(file) as Promise<Exports>;
}

const [shapeCode = '', keysCode = '', previewCode = ''] = readBlocks(README, 'ts');

test('the shape of the README reads a post', async () => {
  const { shape } = await load<{ shape: Shape }>('shape', shapeCode);
  const { read } = await import('strapi-plugin-frontmatter/core');
  const post =
    '---\ntitle: Hello\ndate: 2026-05-01\ndraft: true\nauthor: Ada\ntags: [sea]\n---\nBody\n';

  expect(read(shape, post)).toMatchObject({
    kind: 'valid',
    frontmatter: { title: 'Hello', draft: true, author: 'Ada', tags: ['sea'] } as FrontmatterData,
    issues: [],
  });
});

test('the further keys of the README are valid in a shape', async () => {
  const names = 'defineField, defineShape, group, list, media, text';
  const code = `import { ${names} } from '${CORE}';
    export const shape = defineShape({
      collection: 'posts', contentType: 'api::post.post', slug: 'slug', body: 'body',
      source: 'source', files: ['{slug}.md'], keys: { ${keysCode} },
    });`;
  const { shape } = await load<{ shape: Shape }>('keys', code);

  expect(Object.keys(shape.keys)).toEqual(['links', 'cover', 'aliases']);
});

test('the preview configuration of the README has a handler and the allowed origins', async () => {
  const [imported = '', config = ''] = previewCode.split('// …\n');
  const code = `${imported}\nexport const config = { ${config} };`;
  const { config: made } = await load<{
    config: { preview: { enabled: boolean; config: { handler: unknown } } };
  }>('preview', code);

  expect(made.preview).toMatchObject({
    enabled: true,
    config: { handler: expect.any(Function), allowedOrigins: ['https://www.example.org'] },
  });
});

test('each field that the README names exists', async () => {
  const core: Record<string, unknown> = await import('strapi-plugin-frontmatter/core');
  const readme = readFileSync(path.join(PROJECT_DIR, README), 'utf8');
  const [, sentence = ''] = /^Further fields: (.*)\. If a shape/m.exec(readme) ?? [];
  const fields = [...sentence.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);

  expect(fields).toContain('markdown');
  for (const name of fields) expect([name, typeof core[name]]).toEqual([name, 'function']);
});
