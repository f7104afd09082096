// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loginWithToken } from '../helpers/accounts';
import { EXAMPLES_DIR, runCli } from '../helpers/cli';
import { startCms, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { importText, setDay } from '../helpers/frontmatter';
import { ROADMAP } from '../helpers/roadmaps';
import { roadmapText } from '../helpers/uploads';

const URL = '/api/frontmatter/roadmaps/lint';

const linking = (title: string, ...slugs: string[]): string =>
  roadmapText({ title: `'${title}'`, relatedRoadmaps: `[${slugs.join(', ')}]` });

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

afterAll(() => database.drop());

describe('what is in the CMS', () => {
  let cms: Cms;
  let editor: Awaited<ReturnType<typeof loginWithToken>>;

  beforeAll(async () => {
    cms = await startCms(database);
    setDay(cms.strapi, '2026-06-15');
    await importText(cms.strapi, 'baking', linking('Baking', 'brewing', 'curing', 'drying'));
    await importText(cms.strapi, 'brewing', roadmapText({ title: `'${'Brewing '.repeat(9)}'` }));
    await importText(cms.strapi, 'curing', roadmapText(), { draft: true });
    editor = await loginWithToken(cms.strapi, 'custom', [
      'plugin::frontmatter.document.lint',
      'plugin::frontmatter.document.draft',
    ]);
  });

  afterAll(() => cms.stop());

  const codes = async (query = '') =>
    (await editor.get(`${URL}${query}`)).body.data.map(
      ({ slug, issues }: { slug: string; issues: { code: string; line: number }[] }) =>
        `${slug}: ${issues.map(({ code, line }) => `${code} ${line}`).join(', ')}`
    );

  test('published documents, with the links that readers do not get', async () => {
    expect(await codes()).toEqual([
      'baking: unpublished-link 7, one-way-link 7, pending-link 7',
      'brewing: long-title 5',
    ]);
  });

  test('drafts', async () => {
    const [draft] = await cms.strapi
      .documents(ROADMAP)
      .findMany({ filters: { slug: 'curing' }, status: 'draft' });
    await cms.strapi.documents(ROADMAP).update({
      documentId: String(draft?.documentId),
      data: { description: 'Long. '.repeat(40), title: '' },
    });

    expect(await codes('?status=draft')).toEqual([
      'baking: unpublished-link 7, one-way-link 7, pending-link 7',
      'brewing: long-title 5',
      'curing: long-description 5',
    ]);
  });

  test('needs a permission, and drafts need another one', async () => {
    const reader = await loginWithToken(cms.strapi, 'custom', [
      'plugin::frontmatter.document.lint',
    ]);

    expect((await cms.http.get(URL)).status).toBe(403);
    expect((await reader.get(URL)).status).toBe(200);
    expect((await reader.get(`${URL}?status=draft`)).status).toBe(403);
    expect((await reader.get(`${URL}?rule=x`)).status).toBe(400);
  });

  test('no roadmap can have the slug lint, which is this route', async () => {
    expect(await importText(cms.strapi, 'lint', roadmapText())).toMatchObject({
      action: 'invalid',
    });
  });
});

describe('frontmatter lint', () => {
  test('reports the findings in the CMS, and exits with 1', async () => {
    const { exitCode, out, err } = await runCli('lint');

    expect(exitCode).toBe(1);
    expect(err).toContain(
      "roadmaps/baking:7:19 note: relatedRoadmaps: 'brewing' does not link to this document"
    );
    expect(out).toEqual(['4 findings in 2 documents']);
  });

  test('checks files without a database', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-lint-'));
    const file = (name: string) => path.join(folder, name);
    await writeFile(file('a.md'), linking('A', 'b', 'c'));
    await writeFile(file('b.md'), linking('B'));
    await writeFile(file('broken.md'), '---\ntitle: [\n---\n');
    await writeFile(file('plain.md'), 'No frontmatter');

    const { exitCode, err } = await runCli('lint', folder);

    expect(exitCode).toBe(1);
    expect(err.map((line) => path.basename(line)).sort()).toEqual([
      "a.md:7:19 note: relatedRoadmaps: 'b' does not link to this document",
      "a.md:7:22 note: relatedRoadmaps: 'c' does not exist here: it is kept, and readers get it",
      expect.stringMatching(/^broken\.md:\d/),
    ]);
    await rm(folder, { recursive: true });
  });

  test('does not check links to other files when single files are named', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-lint-'));
    const file = path.join(folder, 'a.md');
    await writeFile(file, linking('A', 'b'));

    expect(await runCli('lint', file)).toMatchObject({ exitCode: 0, err: [] });
    await rm(folder, { recursive: true });
  });

  test('rejects --draft for files', async () => {
    expect(await runCli('lint', EXAMPLES_DIR, '--draft')).toMatchObject({
      exitCode: 2,
      err: [expect.stringMatching(/files have none: leave one out$/)],
    });
  });

  test('finds few issues in our own samples', async () => {
    const { out } = await runCli('lint', EXAMPLES_DIR);

    expect(out[0]).toMatch(/^\d+ findings? in \d documents?; 2 other \.md files left alone$/);
  });
});
