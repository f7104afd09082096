import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { startCms, type Cms } from '../helpers/cms';
import { brief, findInconsistencies, publishedBy, setNow } from '../helpers/frontmatter';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';

type Difference = { documentId: string; slug: string; kind: string };

const DAY = '2026-03-06T12:00:00Z';
const EARLIER = '2026-03-01T12:00:00Z';

/** One more document than are compared before other work gets a turn. */
const MORE_THAN_A_PAGE = 21;

let database: TestDatabase;
let cms: Cms;

beforeAll(async () => {
  database = await createDatabase();
  await start();
});

afterAll(async () => {
  await cms.stop();
  await database.drop();
});

async function start(): Promise<void> {
  cms = await startCms(database, { hasBackground: true });
  setNow(cms.strapi, DAY);
}

const reconcile = (options: object = {}): Promise<Difference[]> =>
  cms.strapi.plugin('frontmatter').service('reconciler').reconcile(options);
const check = async () =>
  (await reconcile({ check: true })).map(({ slug, kind }) => `${slug} ${kind}`).sort();
const by = async (task: () => Promise<unknown>) => (await publishedBy(cms.strapi, task)).map(brief);
const table = (name: string) => cms.strapi.db.getConnection(name);
const publishedRow = (documentId: string) =>
  table('roadmaps').where({ document_id: documentId }).whereNotNull('published_at');
const readMd = async (slug: string) =>
  (await cms.http.get(`/api/frontmatter/roadmaps/${slug}.md`)).text;

/** Starts the server as `strapi start` does, and waits until it has repaired everything. */
async function listen(): Promise<void> {
  const { httpServer } = cms.strapi.server;
  httpServer.listen(0, '127.0.0.1');
  await once(httpServer, 'listening');
  while ((await check()).length > 0) await wait(20);
}

test('runs when the server starts, and applies windows that opened or closed meanwhile', async () => {
  setNow(cms.strapi, EARLIER);
  const sponsor = await cms.strapi.documents('api::sponsor.sponsor').create({
    data: { name: 'Ad', url: 'https://example.org/ad', endsAt: '2026-03-05T00:00:00.000Z' },
  });
  await publishRoadmap(cms.strapi, { slug: 'window', sponsor: sponsor.documentId });
  const documentId = await publishRoadmap(cms.strapi, { slug: 'while-down' });
  await cms.stop();

  await start();
  await publishedRow(documentId).update({ title: 'Written while nobody was there' });
  const mended = await by(listen);

  expect(mended.sort()).toEqual(['live while-down reconciled', 'live window reconciled']);
  expect(await readMd('window')).not.toContain('sponsor');
  expect(await readMd('while-down')).toContain('Written while nobody was there');

  await cms.stop();
  await start(); // without listening
});

test('a concurrent write is neither lost nor reported as a difference', async () => {
  const ids: string[] = [];
  for (let n = 0; n < 10; n += 1) {
    ids.push(
      await publishRoadmap(cms.strapi, { slug: `busy-${n}`, relatedRoadmaps: ids.slice(-2) })
    );
  }
  const edit = (documentId: string, title: string) =>
    cms.strapi.documents(ROADMAP).update({ documentId, data: { title }, status: 'published' });

  const [found] = await Promise.all([
    (async () => {
      const all: Difference[] = [];
      for (let n = 0; n < 10; n += 1) all.push(...(await reconcile({ check: n % 2 === 0 })));
      return all;
    })(),
    ...ids.map((id, n) => edit(id, `Busy ${n}`)),
    ...ids.map((id, n) => edit(id, `Busier ${n}`)),
  ]);

  expect(found).toEqual([]);
  expect(await findInconsistencies(cms.strapi)).toEqual([]);
});

test('reports and repairs exactly what was written past the CMS', async () => {
  const keyword = await cms.strapi
    .documents('api::keyword.keyword')
    .create({ data: { name: 'phrase' } });
  const ids: Record<string, string> = {};
  const names = [
    'component',
    'attribute',
    'renamed',
    'no-publication',
    'no-row',
    'text',
    'no-reference',
    'content',
    'untouched',
  ];
  for (const slug of names) {
    ids[slug] = await publishRoadmap(cms.strapi, {
      slug,
      seo: { title: 'Before' },
      keywords: slug === 'no-reference' ? [keyword.documentId] : [],
    });
  }
  const linking = await publishRoadmap(cms.strapi, {
    slug: 'linking',
    relatedRoadmaps: [ids['renamed'], ids['no-row']],
  });
  expect(await check()).toEqual([]);

  const component = await cms.strapi.db.query(ROADMAP).findOne({
    where: { documentId: ids['component'], publishedAt: { $notNull: true } },
    populate: ['seo'],
  });
  await table('components_roadmap_seos').where({ id: component.seo.id }).update({ title: 'After' });
  await publishedRow(String(ids['attribute'])).update({ title: 'After' });
  await publishedRow(String(ids['renamed'])).update({ slug: 'renamed-2' });
  await table('frontmatter_publications').where({ slug: 'no-publication' }).del();
  await publishedRow(String(ids['no-row'])).del();
  await table('frontmatter_publications').where({ slug: 'text' }).update({ text: '---\n---\n' });
  await table('frontmatter_references').where({ owner_id: ids['no-reference'] }).del();
  await table('frontmatter_publications').where({ slug: 'content' }).update({ content: '{}' });
  const expected = [
    'attribute differs',
    'component differs',
    'content untracked',
    'linking differs',
    'no-publication missing',
    'no-reference untracked',
    'no-row orphaned',
    'renamed-2 differs',
    'text differs',
  ];

  expect(await by(() => check().then((found) => expect(found).toEqual(expected)))).toEqual([]);
  const mended = await by(() => reconcile());

  expect(mended.sort()).toEqual([
    'gone no-row reconciled',
    'gone renamed renamed',
    'live attribute reconciled',
    'live component reconciled',
    'live linking reconciled',
    'live no-publication reconciled',
    'live renamed-2 reconciled',
    'live text reconciled',
  ]);
  expect(await by(() => reconcile())).toEqual([]);
  expect(await reconcile()).toEqual([]);
  expect(await findInconsistencies(cms.strapi)).toEqual([]);
  expect(await readMd('linking')).toContain("- 'renamed-2'");
  expect(await by(() => cms.strapi.documents(ROADMAP).publish({ documentId: linking }))).toEqual(
    []
  );
});

test('a document that cannot be rendered does not keep others from being repaired', async () => {
  const broken = await publishRoadmap(cms.strapi, { slug: 'broken' });
  const other = await publishRoadmap(cms.strapi, { slug: 'other' });
  await publishedRow(broken).update({ source: 'no frontmatter at all' });
  await publishedRow(other).update({ title: 'Past the CMS' });

  expect(await by(() => reconcile())).toEqual(['live other reconciled']);

  await publishedRow(broken).update({ source: null });
  expect(await check()).toEqual([]);
});

test('a text that is not a document does not keep others from being repaired', async () => {
  for (const slug of ['no-document', 'changed']) await publishRoadmap(cms.strapi, { slug });
  await table('frontmatter_publications')
    .where({ slug: 'no-document' })
    .update({ text: '---\nx---x' });
  await table('frontmatter_publications').where({ slug: 'changed' }).update({ text: 'x' });

  expect((await reconcile()).map(({ slug }) => slug).sort()).toEqual(['changed', 'no-document']);
  expect(await check()).toEqual([]);
});

describe('more documents than a page', () => {
  beforeAll(async () => {
    await cms.stop();
    await database.drop();
    database = await createDatabase();
    await start();
    for (let n = 0; n < MORE_THAN_A_PAGE; n += 1) {
      await publishRoadmap(cms.strapi, { slug: `many-${n}` });
    }
  });

  test('pauses only while nothing differs, and ends with the server', async () => {
    const steps: number[] = [];
    const stopping = new AbortController();
    const { signal } = stopping;
    const running = reconcile({ share: 1e-12, signal, onStep: () => steps.push(steps.length) });
    while (steps.length === 0) await reconcile({ check: true });
    expect(await check()).toEqual([]);
    stopping.abort();
    await running;
    expect(steps).toHaveLength(1); // otherwise it went on while the other runs compared everything

    await table('roadmaps').whereNotNull('published_at').update({ title: 'Written past the CMS' });
    const ending = new AbortController();
    let mended = 0;
    const onStep = () => {
      mended += 1;
      if (mended === 2) ending.abort();
    };
    const found = await reconcile({ share: 1e-12, signal: ending.signal, onStep });
    expect(found).toHaveLength(MORE_THAN_A_PAGE);
  });

  test('ends between two pages when the server stops, and the rest is repaired next time', async () => {
    await table('roadmaps').whereNotNull('published_at').update({ is_new: true });
    const publisher = cms.strapi.plugin('frontmatter').service('publisher');
    const background = cms.strapi.plugin('frontmatter').service('background');
    const stopped = new Promise<void>((resolve) => {
      const { stop } = background;
      background.stop = () => {
        const done = stop();
        resolve();
        return done;
      };
    });
    const begun = new Promise<void>((resolve) => {
      const original = publisher.publishChanges;
      publisher.publishChanges = async (...args: unknown[]) => {
        resolve();
        await stopped; // otherwise all pages might be done first
        return original(...args);
      };
    });
    const { httpServer } = cms.strapi.server;
    httpServer.listen(0, '127.0.0.1');
    await begun;

    await cms.strapi.destroy();

    cms = await startCms(database);
    const left = (await check()).length;
    expect(left).toBeGreaterThan(0);
    await reconcile();
    expect(await check()).toEqual([]);
    expect(await findInconsistencies(cms.strapi)).toEqual([]);
  });
});
