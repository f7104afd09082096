// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readFile } from 'node:fs/promises';
import type { ValidateFunction } from 'ajv';
import { EXAMPLES_DIR } from '../helpers/cli';
import { startCms, type Cms } from '../helpers/cms';
import { importText } from '../helpers/frontmatter';
import { loadValidator } from '../helpers/schema';
import { errorBody, roadmapText, roadmapUrl } from '../helpers/uploads';

const URL = '/api/frontmatter/schemas/roadmaps.json';

let cms: Cms;
let validate: ValidateFunction;

beforeAll(async () => {
  cms = await startCms();
  validate = await loadValidator(cms, 'roadmaps');
});

afterAll(() => cms.stop());

describe('the schema of a collection', () => {
  test('names its dialect and its own address, and has its own media type', async () => {
    const { status, headers, text } = await cms.http.get(URL).buffer(true);

    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/schema+json');
    expect(JSON.parse(text)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: URL,
      title: 'RoadmapFrontmatter',
      required: ['order', 'briefTitle', 'briefDescription', 'title', 'description'],
    });
  });

  test('is answered with 304 for its ETag', async () => {
    const { headers } = await cms.http.get(URL);

    const again = await cms.http.get(URL).set('If-None-Match', String(headers['etag']));

    expect(headers['etag']).toMatch(/^"[0-9a-f]{40}-schema"$/);
    expect(again.status).toBe(304);
    expect(again.text).toBe('');
  });

  test('does not exist for an unknown collection', async () => {
    const { status, body } = await cms.http.get('/api/frontmatter/schemas/recipes.json');

    expect(status).toBe(404);
    expect(body).toEqual(
      errorBody(404, /^There is no collection 'recipes'\. Collections: guides, roadmaps$/)
    );
  });

  test('accepts no query', async () => {
    expect((await cms.http.get(`${URL}?draft=true`)).status).toBe(400);
  });
});

const frontmatterOf = async (slug: string): Promise<Record<string, unknown>> =>
  (await cms.http.get(roadmapUrl(`${slug}.json`))).body;

/** Returns where the schema rejects frontmatter, and by which keyword. */
function refusals(frontmatter: unknown): string[] {
  validate(frontmatter);
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
}

describe('what readers get matches the schema', () => {
  test.each(readdirSync(EXAMPLES_DIR))('for the sample %s', async (slug) => {
    const file = path.join(EXAMPLES_DIR, slug, `${slug}.md`);
    await importText(cms.strapi, slug, await readFile(file, 'utf8'));

    expect(refusals(await frontmatterOf(slug))).toEqual([]);
  });

  test('for a file with keys that have no value, unknown keys and empty lists', async () => {
    const text = roadmapText({
      note: '',
      seo: '',
      sponsor: '~',
      tags: '[]',
      dimensions: '{ width: , depth: 3 }',
      difficulty: '[1, { a: b }]',
    });
    await importText(cms.strapi, 'kites', text);

    const frontmatter = await frontmatterOf('kites');

    expect(frontmatter).toMatchObject({ note: null, seo: null, sponsor: null, tags: [] });
    expect(frontmatter).toMatchObject({ dimensions: { width: null, depth: 3 } });
    expect(refusals(frontmatter)).toEqual([]);
  });

  test('for an unquoted date', async () => {
    await importText(
      cms.strapi,
      'dated',
      roadmapText({ schema: '{ dateModified: 2026-05-01, datePublished: 2026-04-01 }' })
    );

    const frontmatter = await frontmatterOf('dated');

    expect(frontmatter).toMatchObject({ schema: { dateModified: '2026-05-01' } });
    expect(refusals(frontmatter)).toEqual([]);
  });
});

describe('the schema rejects', () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ['a number in quotes', { order: '1' }, ['/order type']],
    ['a number with decimals for a whole one', { order: 1.5 }, ['/order type']],
    ['a blank title', { title: ' ' }, ['/title pattern']],
    ['a required key without a value', { title: null }, ['/title type']],
    ['a title that no CMS can store', { title: 'x'.repeat(256) }, ['/title maxLength']],
    [
      'a day that is none',
      { schema: { dateModified: '2026-02-30' } },
      ['/schema/dateModified format', '/schema/dateModified type'],
    ],
    [
      'another choice',
      { renderer: 'word' },
      ['/renderer enum', '/renderer type', '/renderer anyOf'],
    ],
    ['a link that is no slug', { relatedRoadmaps: ['a/b'] }, ['/relatedRoadmaps/0 pattern']],
    ['a sponsor without a URL', { sponsor: { title: 'Oakleaf' } }, ['/sponsor required']],
    ['a priority above 1', { sitemap: { priority: 2 } }, ['/sitemap/priority maximum']],
    ['a text for a list', { tags: 'role-roadmap' }, ['/tags type']],
  ])('%s', (_, overrides, expected) => {
    const frontmatter = {
      order: 1,
      briefTitle: 'Kites',
      briefDescription: 'Build a kite',
      title: 'Kites',
      description: 'From paper to wind',
    };

    expect(refusals(frontmatter)).toEqual([]);
    expect(refusals({ ...frontmatter, ...overrides })).toEqual(expect.arrayContaining(expected));
  });

  test('frontmatter without a required key', () => {
    expect(refusals({ order: 1 })).toHaveLength(4);
  });
});
