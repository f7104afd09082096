// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { EXAMPLES_DIR } from '../helpers/cli';
import { PROJECT_DIR, listen, startCms, type Cms } from '../helpers/cms';
import { importText } from '../helpers/frontmatter';
import { ROADMAP } from '../helpers/roadmaps';
import { roadmapText } from '../helpers/uploads';

const FRONTENDS_DIR = path.join(PROJECT_DIR, 'examples', 'frontends');

let cms: Cms;
let folder: string;
/** Environment variables of the samples. */
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-frontends-'));
  cms = await startCms();
  for (const slug of readdirSync(EXAMPLES_DIR)) {
    const text = await readFile(path.join(EXAMPLES_DIR, slug, `${slug}.md`), 'utf8');
    await importText(cms.strapi, slug, text);
  }
  const port = Number(new URL(await listen(cms)).port);
  env = { PATH: process.env.PATH, CMS_URL: `http://127.0.0.1:${port}` };
});

afterAll(async () => {
  await cms.stop();
  await rm(folder, { recursive: true });
});

async function runNode(args: string[], cwd: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd, env });
  return stripVTControlCharacters(stdout).trimEnd().split('\n');
}

const runSample = (name: string, ...args: string[]) =>
  runNode([path.join(FRONTENDS_DIR, name), ...args], folder);

const documentIdOf = async (slug: string): Promise<string> =>
  String((await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug } }))?.documentId);

const unpublish = async (slug: string) =>
  cms.strapi.documents(ROADMAP).unpublish({ documentId: await documentIdOf(slug) });

const newestCursor = async (): Promise<string> =>
  (await cms.http.get('/api/frontmatter/changes')).body.meta.cursor;

/** What a build says about itself. */
const readVersion = async (built: string): Promise<unknown> =>
  JSON.parse(await readFile(path.join(built, '_content-version.json'), 'utf8'));

/** Ends all cursors, as a restore of the database does. */
const endCursors = () => cms.strapi.plugin('frontmatter').service('publications').endCursors();

/** One line for each roadmap with the tag `role-roadmap`. */
const roleRoadmaps = ['amateur-astronomy', 'sailing', 'woodworking'].map((slug) =>
  expect.stringMatching(`^${slug}: `)
);

test('one-document.mjs reads an unchanged document only once', async () => {
  expect(await runSample('one-document.mjs', 'woodworking')).toEqual([
    'Hand-Tool Woodworker',
    'unchanged',
  ]);
  expect(await runSample('one-document.mjs', 'nowhere')).toEqual(['there is no nowhere']);
});

test('list.mjs prints the roadmaps with a tag', async () => {
  const lines = await runSample('list.mjs', 'role-roadmap');

  expect([...lines].sort()).toEqual(roleRoadmaps);
});

test('lines.mjs prints all roadmaps, even with a line separator in a title', async () => {
  await importText(cms.strapi, 'kites', roadmapText({ title: '"Kites\\u2028and wind"' }));

  const lines = await runSample('lines.mjs');

  expect(lines).toHaveLength(readdirSync(EXAMPLES_DIR).length + 2);
  expect(lines).toContain('kites: Kites\u2028and wind');
  expect(lines.at(-1)).toBe('10 roadmaps');
});

test('strapi-client.mjs reads attributes and frontmatter', async () => {
  const lines = await runSample('strapi-client.mjs');

  expect([...lines].sort()).toEqual(roleRoadmaps);
  expect(lines[0]).toMatch(/: .+, \d{4}-\d{2}-\d{2}$/);
});

test('content-version.mjs writes the position from which a build begins to read', async () => {
  const lines = await runSample('content-version.mjs', 'public');

  const cursor = await newestCursor();
  expect(lines).toEqual([`will show ${cursor}`]);
  expect(await readVersion(path.join(folder, 'public'))).toEqual({ cursor });
});

test('sync.mjs reads all, then what changed, and all again after a restore', async () => {
  const read = async () => JSON.parse(await readFile(path.join(folder, 'copy.json'), 'utf8'));
  await importText(cms.strapi, 'rafts', roadmapText());

  const first = await runSample('sync.mjs', 'copy.json');
  await unpublish('rafts');
  await importText(cms.strapi, 'kites', roadmapText({ order: '2' }));
  const second = await runSample('sync.mjs', 'copy.json');
  const copy = await read();
  await endCursors();
  const third = await runSample('sync.mjs', 'copy.json');

  expect(first).toContain('upsert rafts');
  expect(first).toHaveLength(11);
  expect([...second].sort()).toEqual(['delete rafts', 'upsert kites']);
  expect(copy.roadmaps).not.toHaveProperty('rafts');
  expect(copy.roadmaps.kites.frontmatter.order).toBe(2);
  expect(third).toHaveLength(10);
  expect((await read()).roadmaps).toEqual(copy.roadmaps);
});
