import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { EXAMPLES_DIR } from '../helpers/cli';
import { startCms, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { deployHooks } from '../helpers/deploy-hooks';
import { findPublications, importText, type PublicationRow } from '../helpers/frontmatter';
import { ROADMAP } from '../helpers/roadmaps';
import { openSql } from '../helpers/sql';
import { roadmapUrl } from '../helpers/uploads';

/**
 * Database that version 0.1.0 left after importing four of the examples: `home-baking` was
 * published again with another title, `sailing` has a draft that differs, `woodworking`, which
 * `beekeeping` links to, was unpublished, and there is one deploy hook. Its secrets are those of
 * the tests.
 */
const DUMP = path.join(__dirname, '..', 'fixtures', '0.1.0', `${databaseClient}.sql.gz`);
const LIVE = ['beekeeping', 'home-baking', 'sailing'];

let database: TestDatabase;
let cms: Cms;
/** Publications of the old version, newest first. */
let before: Pick<PublicationRow, 'seq' | 'token' | 'slug' | 'text' | 'etag'>[];

beforeAll(async () => {
  database = await createDatabase({ isEmpty: true });
  const sql = await openSql(database);
  await sql.run(gunzipSync(readFileSync(DUMP)).toString());
  before = (await sql.all(
    'SELECT seq, token, slug, text, etag FROM frontmatter_publications ORDER BY seq DESC'
  )) as unknown as typeof before;
  await sql.close();
  cms = await startCms(database);
});

afterAll(async () => {
  await cms.stop();
  await database.drop();
});

const exampleOf = (slug: string): string =>
  readFileSync(path.join(EXAMPLES_DIR, slug, `${slug}.md`), 'utf8');

const draftOf = (slug: string) =>
  cms.strapi.documents(ROADMAP).findFirst({ filters: { slug }, status: 'draft' });

test('readers get the same bytes and entity tags', async () => {
  const given = await Promise.all(LIVE.map((slug) => cms.http.get(`${roadmapUrl(slug)}.md`)));
  const gone = await cms.http.get(roadmapUrl('woodworking'));

  const expected = LIVE.map((slug) => before.find((row) => row.slug === slug && row.text));
  expect(given.map(({ text, headers }) => [text, headers['etag']])).toEqual(
    expected.map((row) => [row?.text, `"${row?.etag}-md"`])
  );
  expect(gone.status).toBe(404);
});

test('nothing is published again, and consumers of the feed continue from their cursor', async () => {
  const differences = await cms.strapi
    .plugin('frontmatter')
    .service('reconciler')
    .reconcile({ check: true });
  const { seq, token } = before[0] ?? {};
  const feed = await cms.http.get(`/api/frontmatter/changes?since=${seq}.${token}`);

  expect(differences).toEqual([]);
  expect([feed.status, feed.body.data]).toEqual([200, []]);
  expect(await findPublications(cms.strapi)).toHaveLength(before.length);
});

test('a deploy hook keeps its cursor and its secrets', async () => {
  const hooks = deployHooks(cms.strapi);
  const [row] = await hooks.rows();

  expect(row).toMatchObject({ name: 'Site', cursorSeq: before[0]?.seq, pausedReason: null });
  expect(hooks.credentialsOf(row)).toMatchObject({ url: 'http://127.0.0.1:4999/hook' });
});

test('files that were imported before are recognized', async () => {
  const imported = await importText(cms.strapi, 'beekeeping', exampleOf('beekeeping'));
  const edited = await importText(cms.strapi, 'home-baking', exampleOf('home-baking'));

  expect([imported.action, edited.action]).toEqual(['outdated', 'outdated']);
});

test('drafts are unchanged, and can be published', async () => {
  const draft = await draftOf('sailing');
  expect(draft?.title).toBe('Only in the draft');
  await cms.strapi.documents(ROADMAP).publish({ documentId: String(draft?.documentId) });
  const unpublished = await draftOf('woodworking');
  await cms.strapi.documents(ROADMAP).publish({ documentId: String(unpublished?.documentId) });

  const { text } = await cms.http.get(`${roadmapUrl('sailing')}.md`);
  expect(text).toContain('Only in the draft');
  for (const slug of ['woodworking', 'beekeeping']) {
    expect((await cms.http.get(`${roadmapUrl(slug)}.md`)).text).toBe(exampleOf(slug));
  }
});
