import { loginAsAdmin, loginWithToken } from '../helpers/accounts';
import { startCms, type Cms } from '../helpers/cms';
import { atDepth } from '../helpers/depth';
import { nativeRequire } from '../helpers/native';
import { buildRoadmap, publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import { postFiles, put, roadmapText } from '../helpers/uploads';

/** More roadmaps than the pool has connections. */
const COUNT = atDepth({ short: 12, full: 20 });

let cms: Cms;

beforeAll(async () => {
  cms = await startCms();
});

afterAll(() => cms.stop());

/** Creates roadmaps that all link to each other. Returns their document ids. */
async function createLinked(prefix: string): Promise<string[]> {
  const documents = cms.strapi.documents(ROADMAP);
  const ids: string[] = [];
  for (let index = 0; index < COUNT; index += 1) {
    const created = await documents.create({ data: buildRoadmap({ slug: `${prefix}-${index}` }) });
    ids.push(created.documentId);
  }
  for (const documentId of ids) {
    const others = ids.filter((id) => id !== documentId);
    await documents.update({ documentId, data: { relatedRoadmaps: others } });
  }
  return ids;
}

async function expectAllLinked(prefix: string) {
  const slugs = Array.from({ length: COUNT }, (_, index) => `${prefix}-${index}`);
  for (const slug of slugs) {
    const { body } = await cms.http.get(`/api/frontmatter/roadmaps/${slug}.json`);
    expect(body.relatedRoadmaps).toEqual(slugs.filter((other) => other !== slug));
  }
}

test(`${COUNT} parallel publishes of roadmaps that link to each other all succeed, twice`, async () => {
  const ids = await createLinked('parallel');
  const publishAll = () =>
    Promise.all(ids.map((documentId) => cms.strapi.documents(ROADMAP).publish({ documentId })));

  await publishAll();
  await expectAllLinked('parallel');
  await publishAll();

  await expectAllLinked('parallel');
  const published = await cms.strapi.db.query(ROADMAP).count({
    where: { documentId: { $in: ids }, publishedAt: { $notNull: true } },
  });
  expect(published).toBe(COUNT);
});

test(`a bulk publish of ${COUNT} roadmaps that link to each other succeeds, twice`, async () => {
  const documentIds = await createLinked('bulk');
  const admin = await loginAsAdmin(cms.strapi);
  const path = `/content-manager/collection-types/${ROADMAP}/actions/bulkPublish`;

  for (const _round of ['first', 'again']) {
    const { status, body } = await admin.post(path).send({ documentIds });

    expect(status).toBe(200);
    expect(body).toEqual({ count: COUNT });
    await expectAllLinked('bulk');
  }
});

test(`${COUNT} parallel publishes in the panel, more than the pool has connections, all succeed`, async () => {
  const ids = await createLinked('panel');
  const admin = await loginAsAdmin(cms.strapi);

  const answers = await Promise.all(
    ids.map((id) =>
      admin.post(`/content-manager/collection-types/${ROADMAP}/${id}/actions/publish`).send({})
    )
  );

  expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 200));
  await expectAllLinked('panel');
});

test('a bulk publish with one roadmap that cannot be published publishes none of them', async () => {
  const documents = cms.strapi.documents(ROADMAP);
  const good = await documents.create({ data: buildRoadmap({ slug: 'good-1' }) });
  const bad = await documents.create({ data: buildRoadmap({ slug: 'bad', title: null }) });
  const late = await documents.create({ data: buildRoadmap({ slug: 'good-2' }) });
  const documentIds = [good, bad, late].map(({ documentId }) => documentId);

  const failure = cms.strapi
    .plugin('content-manager')
    .service('document-manager')
    .publishMany(ROADMAP, documentIds, undefined);
  await expect(failure).rejects.toThrow(/title/);
  // Once a later write is done, any part of the batch that still waited has had its turn.
  await publishRoadmap(cms.strapi);

  const published = await cms.strapi.db
    .query(ROADMAP)
    .count({ where: { documentId: { $in: documentIds }, publishedAt: { $notNull: true } } });
  expect(published).toBe(0);
});

test('publishes during edits of what they show all succeed', async () => {
  const keyword = await cms.strapi
    .documents('api::keyword.keyword')
    .create({ data: { name: 'old phrase' } });
  const slugs = Array.from({ length: COUNT }, (_, index) => `shows-${index}`);
  const writer = await loginWithToken(cms.strapi, 'full-access');

  const answers = await Promise.all([
    ...slugs.map((slug) =>
      writer
        .post('/api/roadmaps')
        .send({ data: buildRoadmap({ slug, keywords: [keyword.documentId] }) })
    ),
    ...Array.from({ length: COUNT }, (_, index) =>
      writer.put(`/api/keywords/${keyword.documentId}`).send({ data: { name: `phrase ${index}` } })
    ),
  ]);

  expect(answers.filter(({ status }) => status >= 400)).toEqual([]);
  const { body } = await cms.http.get(`/api/keywords/${keyword.documentId}`);
  for (const slug of slugs) {
    const json = await cms.http.get(`/api/frontmatter/roadmaps/${slug}.json`);
    expect(json.body.seo.keywords).toEqual([body.data.name]);
  }
});

test('a write that fails leaves nothing behind and lets the next one through', async () => {
  const documents = cms.strapi.documents(ROADMAP);
  const incomplete = buildRoadmap({ slug: 'incomplete', title: undefined });

  await expect(documents.create({ data: incomplete, status: 'published' })).rejects.toThrow(
    /title/
  );
  await publishRoadmap(cms.strapi, { slug: 'after-a-failure' });

  expect(await documents.count({ filters: { slug: 'incomplete' } })).toBe(0);
  expect((await cms.http.get('/api/frontmatter/roadmaps/after-a-failure.md')).status).toBe(200);
});

/** Holds the lock as another writing process does. Returns a function that releases it. */
async function holdLock(): Promise<() => Promise<void>> {
  const update = 'UPDATE frontmatter_lock SET writes = writes';
  if (databaseClient === 'sqlite') {
    const Database = nativeRequire('better-sqlite3');
    const other = new Database(process.env.DATABASE_FILENAME);
    other.exec('BEGIN IMMEDIATE');
    other.exec(update);
    return async () => void other.exec('ROLLBACK').close();
  }
  const { Client } = await import('pg');
  const other = new Client({ connectionString: process.env.DATABASE_URL });
  await other.connect();
  await other.query(`SET search_path TO ${process.env.DATABASE_SCHEMA}`);
  await other.query('BEGIN');
  await other.query(update);
  return async () => {
    await other.query('ROLLBACK');
    await other.end();
  };
}

test('a lock that another process holds for too long is answered with 503, and nothing is saved', async () => {
  const writer = await loginWithToken(cms.strapi, 'full-access');
  await writer.get('/api/roadmaps'); // records the use of the token, which is also a write
  cms.strapi.config.set('plugin::frontmatter.lockTimeoutMs', 200);
  if (databaseClient === 'sqlite') await cms.strapi.db.connection.raw('PRAGMA busy_timeout = 200');
  const release = await holdLock();

  const plain = await writer
    .post('/api/roadmaps')
    .send({ data: buildRoadmap({ slug: 'locked-out' }) });
  const one = await put(writer, 'locked-out', roadmapText());
  const many = await postFiles(writer, { 'a.txt': '', 'locked-out.md': roadmapText() });
  await release();

  expect([plain.status, one.status, many.status]).toEqual([503, 503, 503]);
  expect(plain.body.error.message).toMatch(/nothing was saved, try again/);
  expect(one.body.error.message).toMatch(/nothing was saved, try again/);
  expect(many.body.error.message).toMatch(/when 1 of 2 files were processed: send all of them/);
  expect(await cms.strapi.documents(ROADMAP).count({ filters: { slug: 'locked-out' } })).toBe(0);
  expect((await put(writer, 'locked-out', roadmapText())).status).toBe(201);
});
