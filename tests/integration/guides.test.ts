import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loginWithToken } from '../helpers/accounts';
import { runCli } from '../helpers/cli';
import { PROJECT_DIR, startCms, type Cms } from '../helpers/cms';
import { brief, publishedBy } from '../helpers/frontmatter';

/** A second collection beside the roadmaps, whose documents have other kinds of fields. */
const GUIDE = 'api::guide.guide';
const GUIDES_DIR = path.join(PROJECT_DIR, 'examples', 'guides');
const TIDES = 'reading-a-tide-table';
const STARTER = 'how-a-sourdough-starter-works';

let cms: Cms;
let folder: string;
let editor: Awaited<ReturnType<typeof loginWithToken>>;

beforeAll(async () => {
  cms = await startCms();
  editor = await loginWithToken(cms.strapi, 'full-access');
  folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-guides-'));
  await cp(GUIDES_DIR, folder, { recursive: true });
  await importAll();
});

afterAll(async () => {
  await cms.stop();
  await rm(folder, { recursive: true });
});

afterEach(async () => {
  const reconciler = cms.strapi.plugin('frontmatter').service('reconciler');
  expect(await reconciler.reconcile({ check: true })).toEqual([]);
});

const documents = () => cms.strapi.documents(GUIDE);
const by = async (task: () => Promise<unknown>) => (await publishedBy(cms.strapi, task)).map(brief);
const sample = (slug: string) => readFile(path.join(GUIDES_DIR, `${slug}.md`), 'utf8');
const served = async (slug: string) =>
  (await cms.http.get(`/api/frontmatter/guides/${slug}.md`).expect(200)).text;

async function importFile(slug: string, text: string): Promise<string> {
  const { body } = await editor
    .put(`/api/frontmatter/guides/${slug}`)
    .set('Content-Type', 'text/markdown')
    .send(text);
  return body.data?.action ?? JSON.stringify(body.error);
}

async function importAll(): Promise<void> {
  for (const slug of [TIDES, STARTER, 'sharpening-a-plane-iron']) {
    await importFile(slug, await sample(slug));
  }
}

async function idOf(slug: string): Promise<string> {
  const found = await documents().findFirst({ filters: { slug } });
  return String(found?.documentId);
}

test.each([TIDES, STARTER, 'sharpening-a-plane-iron'])(
  '%s is served byte for byte',
  async (slug) => {
    expect(await served(slug)).toBe(await sample(slug));
  }
);

test('times are stored whatever their format, and an edit keeps that format', async () => {
  const documentId = await idOf(STARTER);
  const draft = await documents().findOne({ documentId });
  expect(new Date(String(draft?.date)).toISOString()).toBe('2022-02-07T07:00:00.000Z');

  await documents().update({ documentId, data: { date: '2022-03-01T18:30:00.000Z' } });
  await documents().publish({ documentId });

  expect(await served(STARTER)).toBe(
    (await sample(STARTER)).replace('"2022-02-07 08:00:00 +0100"', '"2022-03-01 19:30:00 +0100"')
  );
});

test('an author who is renamed is renamed in each guide', async () => {
  const author = await cms.strapi
    .documents('api::author.author')
    .findFirst({ filters: { name: 'Ivo Brandt' } });

  const published = await by(() =>
    cms.strapi.documents('api::author.author').update({
      documentId: String(author?.documentId),
      data: { name: 'Ivo B.' },
    })
  );

  expect(published).toEqual(['live sharpening-a-plane-iron reference']);
  expect(await served('sharpening-a-plane-iron')).toContain(
    'author: Ivo B. # of the evening class\n'
  );
});

test('a file that names a new author creates that author, and a file without one removes the relation', async () => {
  const text = await served(TIDES);

  expect(await importFile(TIDES, text.replace('Marit Holm', 'Ada Lund'))).toBe('updated');
  expect(await importFile(TIDES, text.replace(/author: .*\n/, ''))).toBe('updated');

  expect(await served(TIDES)).not.toContain('author');
  const authors = await cms.strapi.documents('api::author.author').findMany({});
  expect(authors.map(({ name }) => name).sort()).toEqual(['Ada Lund', 'Ivo B.', 'Marit Holm']);
});

test('rows that are written below the Document Service are published without a lifecycles file', async () => {
  const documentId = await idOf(STARTER);

  const published = await by(() =>
    cms.strapi.db.query(GUIDE).update({
      where: { documentId, publishedAt: { $notNull: true } },
      data: { title: 'Jars' },
    })
  );

  expect(published).toEqual([`live ${STARTER} updated`]);
  expect(await served(STARTER)).toContain('title: "Jars"');
});

test('documents have no dates that the CMS maintains, not even in their history', async () => {
  const { body } = await editor.get(`/api/frontmatter/guides/${STARTER}/publications`);

  expect(body.data[0]).toMatchObject({ dateModified: null, datePublished: null, date: null });
});

test('the middlewares of the plugin are in position, although the application lists none', () => {
  const listed = cms.strapi.config.get('middlewares') as (string | { name: string })[];
  const names = listed.map((each) => (typeof each === 'string' ? each : each.name));

  expect(names[0]).toBe('plugin::frontmatter.answer-cache');
  expect(names[names.indexOf('strapi::errors') + 1]).toBe('plugin::frontmatter.database-errors');
  expect(names[names.indexOf('strapi::body') - 1]).toBe('plugin::frontmatter.raw-upload');
});

test('drafts in plain REST need the permission for them', async () => {
  const documentId = await idOf(TIDES);
  await documents().update({ documentId, data: { title: 'Only a draft' } });

  const { status } = await cms.http.get(`/api/guides/${documentId}?status=draft`);
  const { body } = await cms.http.get(`/api/guides/${documentId}`).expect(200);

  expect(status).toBe(403);
  expect(body.data.title).toBe('How to Read a Tide Table');
});

test('the files of a folder are validated for the collection that their keys fit', async () => {
  await writeFile(
    path.join(folder, 'broken.md'),
    '---\ntitle: a\ndescription: b\ndate: soon\n---\n'
  );

  const validated = await runCli('validate', folder, path.join(PROJECT_DIR, 'examples/roadmaps'));

  expect(validated.out).toEqual([
    'Checked 13 files: 1 invalid, 12 valid; 2 other .md files left alone',
  ]);
  expect(validated.err.filter((line) => line.includes('broken'))).toEqual([
    expect.stringMatching(/broken\.md:4:7 date: 'soon' is not a date and time/),
  ]);
});
