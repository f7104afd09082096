import { startCms, type Cms } from '../helpers/cms';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import { roadmapUrl } from '../helpers/uploads';

let cms: Cms;

beforeAll(async () => {
  cms = await startCms();
});

afterAll(() => cms.stop());

const plugin = () => cms.strapi.plugin('frontmatter');
const journalMode = (mode: string) => cms.strapi.db.connection.raw(`PRAGMA journal_mode = ${mode}`);

async function readTitle(): Promise<unknown> {
  const shape = plugin().service('shapes').getByCollection('roadmaps');
  const found = await plugin().service('publications').findServed(shape.collection, 'read');
  return JSON.parse(found.json).title;
}

test('readers get what is committed while a write is in progress, and then its result', async () => {
  const documentId = await publishRoadmap(cms.strapi, { slug: 'read', title: 'As it was' });
  await cms.strapi.db.transaction(async () => {
    await cms.strapi
      .documents(ROADMAP)
      .update({ documentId, data: { title: 'As it is' }, status: 'published' });

    expect(await readTitle()).toBe('As it was');
  });

  expect(await readTitle()).toBe('As it is');
});

if (databaseClient === 'sqlite') {
  test('a SQLite file uses a write-ahead log', async () => {
    expect(await cms.strapi.db.connection.raw('PRAGMA journal_mode')).toEqual([
      { journal_mode: 'wal' },
    ]);
  });

  test('a SQLite file without a write-ahead log can be read too', async () => {
    const connection = plugin().service('read-connection');
    await connection.close();
    await journalMode('DELETE');
    await connection.open();

    await publishRoadmap(cms.strapi, { slug: 'without-log' });
    const { status } = await cms.http.get(roadmapUrl('without-log.md'));

    expect(status).toBe(200);
    await journalMode('WAL');
    await connection.open();
  });
}
