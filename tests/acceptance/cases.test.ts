import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  caseFile,
  caseSlugs,
  describeWithCases,
  frontmatterOf,
  ROADMAP_CASES_DIR,
  withoutRepeats,
} from '../helpers/cases';
import { runCli } from '../helpers/cli';
import { startCms, useDatabase, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { ROADMAP } from '../helpers/roadmaps';
import { loadValidator } from '../helpers/schema';

describeWithCases('the case files, imported', () => {
  let database: TestDatabase;
  let cms: Cms;
  let folder: string;
  const slugs = caseSlugs();
  /** The slugs in an order that is neither alphabetical nor the reverse. */
  const shuffled = [...slugs].sort((a, b) => a.length - b.length || b.localeCompare(a));

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-cases-'));
    database = await createDatabase();
    useDatabase(database);
    const { exitCode, out, err } = await runCli('import', ...shuffled.map(caseFile));
    expect(out).toEqual([`Imported ${slugs.length} files: ${slugs.length} created`]);
    expect(err.filter((line) => !line.includes(' note: '))).toEqual([]);
    expect(exitCode).toBe(0);
    cms = await startCms(database);
  });

  afterAll(async () => {
    await cms.stop();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  /** Stops the CMS during a command, which loads the application: a process can run only one. */
  async function runCliBetween(...args: string[]) {
    await cms.stop();
    try {
      return await runCli(...args);
    } finally {
      cms = await startCms(database);
    }
  }

  async function expectAllAsTheirFiles() {
    for (const slug of slugs) {
      const file = await readFile(caseFile(slug), 'utf8');
      const { text } = await cms.http.get(`/api/frontmatter/roadmaps/${slug}.md`).buffer(true);
      expect(text).toBe(file);
    }
  }

  const newestSeq = async () =>
    (await cms.strapi.plugin('frontmatter').service('publications').cursor()).seq;

  test('are 47, published once each', async () => {
    expect(slugs).toHaveLength(47);
    expect(await newestSeq()).toBe(47);
  });

  test('come back byte for byte', () => expectAllAsTheirFiles());

  test.each(slugs)('%s.json equals what a YAML parser makes of the file', async (slug) => {
    const { body } = await cms.http.get(`/api/frontmatter/roadmaps/${slug}.json`);

    expect(body).toEqual(frontmatterOf(await readFile(caseFile(slug), 'utf8')));
  });

  test('are what the schema of the collection says', async () => {
    const validate = await loadValidator(cms, 'roadmaps');

    for (const slug of slugs) {
      validate((await cms.http.get(`/api/frontmatter/roadmaps/${slug}.json`)).body);
      expect([slug, validate.errors]).toEqual([slug, null]);
    }
  });

  test('plain REST holds the same values as attributes', async () => {
    for (const slug of slugs) {
      const {
        seo,
        schema,
        sponsor: _sponsor,
        tags,
        relatedRoadmaps,
        relatedQuestions,
        ...plain
      } = frontmatterOf(await readFile(caseFile(slug), 'utf8'));
      const { body } = await cms.http.get(`/api/roadmaps?filters[slug]=${slug}&populate=*`);
      const [roadmap] = body.data;
      const { keywords, ...seoFields } = seo;
      const { datePublished, dateModified, ...schemaFields } = schema ?? {};
      const names = (entries: { name: string }[]) => entries.map(({ name }) => name);

      expect(roadmap).toMatchObject({ ...withoutEmpty(plain), seo: withoutEmpty(seoFields) });
      if (schema) expect(roadmap.schema).toMatchObject(withoutEmpty(schemaFields));
      expect([roadmap.datePublished, roadmap.dateModified]).toEqual([
        datePublished ?? null,
        dateModified ?? null,
      ]);
      expect(names(roadmap.keywords)).toEqual(withoutRepeats(keywords) ?? []);
      expect(names(roadmap.tags)).toEqual(tags ?? []);
      const questions = roadmap.relatedQuestions.map((item: { question: string }) => item.question);
      expect(questions).toEqual(relatedQuestions ?? []);
      const known = (withoutRepeats(relatedRoadmaps) ?? []).filter((other) =>
        slugs.includes(other)
      );
      const links = roadmap.relatedRoadmaps.map((other: { slug: string }) => other.slug);
      expect(links).toEqual(known);
    }
  });

  test('are unchanged when the folder is imported again, and nothing is published', async () => {
    const { out } = await runCliBetween('import', ROADMAP_CASES_DIR);

    expect(out).toEqual([`Imported ${slugs.length} files: ${slugs.length} unchanged`]);
    expect(await newestSeq()).toBe(47);
    await expectAllAsTheirFiles();
  });

  test('are exported into a copy from which some were deleted without a byte of difference', async () => {
    await cp(ROADMAP_CASES_DIR, folder, { recursive: true });
    const deleted = slugs.filter((_, index) => index % 5 === 0);
    for (const slug of deleted) await rm(path.join(folder, slug), { recursive: true });

    const { exitCode, out } = await runCliBetween('export', folder);

    const kept = slugs.length - deleted.length;
    expect(out).toEqual([
      `Exported ${slugs.length} documents: ${deleted.length} created, ${kept} unchanged`,
    ]);
    expect(exitCode).toBe(0);
    expect((await readdir(folder)).sort()).toEqual(slugs);
    for (const slug of slugs) {
      const file = path.join(folder, slug, `${slug}.md`);
      expect((await readFile(file)).equals(await readFile(caseFile(slug)))).toBe(true);
    }
  });

  test('do not differ from what --check renders, or from a fresh render of everything', async () => {
    const exported = await runCliBetween('export', ROADMAP_CASES_DIR, '--check');
    expect(exported.out).toEqual([`Would export 47 documents: 47 unchanged`]);
    expect(exported.exitCode).toBe(0);

    const reconciled = await runCliBetween('reconcile', '--check');
    expect(reconciled.out).toEqual(['0 documents differ']);
    expect(reconciled.exitCode).toBe(0);
  });

  test('come back byte for byte after they are unpublished and published', async () => {
    const documents = cms.strapi.documents(ROADMAP);
    const drafts = await documents.findMany({ fields: ['documentId'], limit: 100 });
    for (const { documentId } of drafts) await documents.unpublish({ documentId });
    expect((await cms.http.get('/api/frontmatter/roadmaps/backend.md')).status).toBe(404);
    for (const { documentId } of drafts) await documents.publish({ documentId });

    await expectAllAsTheirFiles();
  });
});

/** Removes empty values: Strapi stores an empty text or missing value as is or as `null`. */
function withoutEmpty(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).filter(([, part]) => part !== null && part !== '')
  );
}
