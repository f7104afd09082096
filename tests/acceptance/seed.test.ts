import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { loginWithToken } from '../helpers/accounts';
import { describeWithCases, frontmatterOf, SEED_FILE, withoutRepeats } from '../helpers/cases';
import { runCli } from '../helpers/cli';
import { startCms, useDatabase, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { buildRoadmap, ROADMAP } from '../helpers/roadmaps';

describeWithCases('the seed, imported alone into an empty CMS', () => {
  let database: TestDatabase;
  let cms: Cms;
  let file: string;
  let notes: string[];

  beforeAll(async () => {
    file = await readFile(SEED_FILE, 'utf8');
    database = await createDatabase();
    useDatabase(database);
    const { exitCode, out, err } = await runCli('import', SEED_FILE);
    expect(out).toEqual(['Imported 1 file: 1 created']);
    expect(exitCode).toBe(0);
    notes = err;
    cms = await startCms(database);
  });

  afterAll(async () => {
    await cms.stop();
    await database.drop();
  });

  test('gets notes on its repeated keyword, its pending slugs and its wrongly decoded text', () => {
    const related: string[] = frontmatterOf(file).relatedRoadmaps;
    expect(related).toHaveLength(8);
    expect(notes.every((line) => line.includes(' note: '))).toBe(true);
    expect(notes.filter((line) => line.includes('is already in this list'))).toHaveLength(1);
    expect(notes.filter((line) => line.includes('looks wrongly decoded'))).not.toHaveLength(0);
    const pending = notes.filter((line) => line.includes('the CMS knows no'));
    expect(pending).toHaveLength(8);
    for (const slug of related) expect(pending.join()).toContain(`'${slug}'`);
  });

  test('equals its file byte for byte, and its data is what a YAML parser reads from it', async () => {
    const md = await cms.http.get('/api/frontmatter/roadmaps/backend.md').buffer(true);
    const json = await cms.http.get('/api/frontmatter/roadmaps/backend.json');
    const yaml = await cms.http.get('/api/frontmatter/roadmaps/backend.yaml').buffer(true);

    expect(md.text).toBe(file);
    expect(json.body).toEqual(frontmatterOf(file));
    expect(file).toBe(`---\n${yaml.text}---\n${md.text.split(/^---\n/m)[2]}`);
    expect(parse(yaml.text)).toEqual(json.body);
  });

  test('has equal data, except for the repeated keyword, when its source is cleared', async () => {
    const rows = cms.strapi.db.query(ROADMAP);
    await rows.updateMany({ where: { slug: 'backend' }, data: { source: null } });
    await cms.strapi.plugin('frontmatter').service('reconciler').reconcile();

    const { body } = await cms.http.get('/api/frontmatter/roadmaps/backend.json');

    const expected = frontmatterOf(file);
    expected.seo.keywords = withoutRepeats(expected.seo.keywords);
    expect(body).toEqual(expected);
  });
});

describeWithCases('the seed, entered through plain REST', () => {
  let cms: Cms;

  beforeAll(async () => {
    cms = await startCms();
  });

  afterAll(() => cms.stop());

  test('comes back with its keys, values and orders, and as its file except for the repeated line', async () => {
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
