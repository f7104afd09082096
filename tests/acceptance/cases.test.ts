import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { loginWithToken } from '../helpers/accounts';
import {
  caseFile,
  caseSlugs,
  describeWithCases,
  ROADMAP_CASES_DIR,
  SEED_FILE,
} from '../helpers/cases';
import { runCli } from '../helpers/cli';
import { startCms, useDatabase, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { buildRoadmap } from '../helpers/roadmaps';

const frontmatterOf = (file: string) => parse(file.split(/^---$/m)[1] ?? '');

const withoutRepeats = (items: string[] | undefined) => items && [...new Set(items)];

describeWithCases('the seed, entered through plain REST', () => {
  let cms: Cms;

  beforeAll(async () => {
    cms = await startCms();
  });

  afterAll(() => cms.stop());

  test('comes back with its keys, values and orders, and as its file but for the repeated line', async () => {
    const file = await readFile(SEED_FILE, 'utf8');
    const seed = frontmatterOf(file);
    const writer = await loginWithToken(cms.strapi, 'full-access');
    const create = async (plural: string, data: object): Promise<string> => {
      const { body, status } = await writer.post(`/api/${plural}`).send({ data });
      expect([plural, status]).toEqual([plural, 201]);
      return body.data.documentId;
    };
    const createAll = async (plural: string, all: object[]) => {
      const ids: string[] = [];
      for (const data of all) ids.push(await create(plural, data));
      return ids;
    };
    const named = (names: string[]) => [...new Set(names)].map((name) => ({ name }));
    const { sponsor, schema, seo, relatedRoadmaps, tags, ...plain } = seed;
    const { datePublished, dateModified, ...schemaFields } = schema;
    const { keywords, ...seoFields } = seo;

    await create('roadmaps', {
      ...plain,
      slug: 'backend',
      datePublished,
      dateModified,
      schema: schemaFields,
      seo: seoFields,
      sponsor: await create('sponsors', { name: 'Honeycomb', ...sponsor }),
      keywords: await createAll('keywords', named(keywords)),
      tags: await createAll('tags', named(tags)),
      relatedRoadmaps: await createAll(
        'roadmaps',
        relatedRoadmaps.map((slug: string) => buildRoadmap({ slug }))
      ),
      body: '\n',
    });

    const json = await cms.http.get('/api/frontmatter/roadmaps/backend.json');
    expect(Object.keys(json.body)).toEqual(Object.keys(seed));
    expect(Object.keys(json.body)).toHaveLength(16);
    const expected = { ...seed, seo: { ...seo, keywords: withoutRepeats(keywords) } };
    expect(json.text).toBe(JSON.stringify(expected));

    const md = await cms.http.get('/api/frontmatter/roadmaps/backend.md');
    const repeated = keywords.find(
      (word: string, index: number) => keywords.indexOf(word) !== index
    );
    const line = `    - '${repeated}'\n`;
    const at = file.lastIndexOf(line);
    expect(md.text).toBe(file.slice(0, at) + file.slice(at + line.length));
  });
});

describeWithCases('the case files, imported', () => {
  let database: TestDatabase;
  let cms: Cms;
  const slugs = caseSlugs();
  /** An order that is neither that of the names nor its reverse. */
  const shuffled = [...slugs].sort((a, b) => a.length - b.length || b.localeCompare(a));

  beforeAll(async () => {
    database = await createDatabase();
    useDatabase(database);
    const { exitCode, out, err } = await runCli('import', ...shuffled.map(caseFile));
    expect(out).toEqual([`Imported ${slugs.length} files: ${slugs.length} created`]);
    expect(err.filter((line) => !line.includes(' note: '))).toEqual([]);
    expect(exitCode).toBe(0);
    cms = await startCms(database);
  });

  afterAll(() => database.drop());

  test('are 47', () => {
    expect(slugs).toHaveLength(47);
  });

  test.each(slugs)(
    '%s.json equals what a YAML parser makes of the file, repeats aside',
    async (slug) => {
      const expected = frontmatterOf(await readFile(caseFile(slug), 'utf8'));
      expected.seo.keywords = withoutRepeats(expected.seo.keywords);
      if (expected.relatedRoadmaps)
        expected.relatedRoadmaps = withoutRepeats(expected.relatedRoadmaps);
      // The one file without structured data gets the dates of its publication there.
      const today = new Date().toISOString().slice(0, 10);
      expected.schema ??= { datePublished: today, dateModified: today };

      const { body } = await cms.http.get(`/api/frontmatter/roadmaps/${slug}.json`);

      expect(body).toEqual(expected);
    }
  );

  test('plain REST holds the same values', async () => {
    for (const slug of slugs) {
      const expected = frontmatterOf(await readFile(caseFile(slug), 'utf8'));
      const { body } = await cms.http.get(`/api/roadmaps?filters[slug]=${slug}&populate=*`);
      const [roadmap] = body.data;
      expect(roadmap).toMatchObject({
        title: expected.title,
        description: expected.description,
        order: expected.order,
        dimensions: expected.dimensions,
        sitemap: expected.sitemap,
      });
      const names = (entries: { name: string }[]) => entries.map(({ name }) => name);
      expect(names(roadmap.keywords)).toEqual(withoutRepeats(expected.seo.keywords));
      expect(names(roadmap.tags)).toEqual(expected.tags);
    }
  });

  test('are unchanged when the folder is imported again', async () => {
    await cms.stop(); // Strapi is a global: one process holds one at a time
    const { out } = await runCli('import', ROADMAP_CASES_DIR);

    expect(out).toEqual([`Imported ${slugs.length} files: ${slugs.length} unchanged`]);
  });
});
