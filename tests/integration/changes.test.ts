import fc from 'fast-check';
import type { Change, FindChanges } from '../../src/plugins/frontmatter/shared';
import { startCms, type Cms } from '../helpers/cms';
import { createFeedConsumer } from '../helpers/feed-consumer';
import { findPublications } from '../helpers/frontmatter';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import { errorBody } from '../helpers/uploads';

const URL = '/api/frontmatter/changes';

let cms: Cms;

beforeAll(async () => {
  cms = await startCms();
  await cms.http.get(URL); // the server compares everything once, after its first request
});

afterAll(() => cms.stop());

const get = async (query: object = {}): Promise<FindChanges.Response> => {
  const { body, status } = await cms.http.get(URL).query(query);
  expect([status, body.error]).toEqual([200, undefined]);
  return body;
};
/** The newest position. */
const now = async (): Promise<string> => (await get()).meta.cursor;
const brief = (changes: readonly Change[]) =>
  changes.map(({ action, slug, reason }) => `${action} ${slug} ${reason}`);
const roadmaps = () => cms.strapi.documents(ROADMAP);
const rename = (documentId: string, slug: string) =>
  roadmaps().update({ documentId, data: { slug }, status: 'published' });

test('without a cursor the feed returns all that is published, and then what changed since', async () => {
  const a = await publishRoadmap(cms.strapi, { slug: 'a', body: 'Text' });
  const b = await publishRoadmap(cms.strapi, { slug: 'b', relatedRoadmaps: [a] });
  const c = await publishRoadmap(cms.strapi, { slug: 'c' });
  await roadmaps().unpublish({ documentId: c });
  const reader = createFeedConsumer(get);

  const first = await reader.poll();
  expect(brief(first)).toEqual(['upsert a published', 'upsert b published']);
  const { body } = await cms.http.get('/api/frontmatter/roadmaps/a');
  expect(first[0]).toEqual({
    action: 'upsert',
    collection: 'roadmaps',
    reason: 'published',
    seq: expect.any(Number),
    ...body.data,
  });
  expect(await reader.poll()).toEqual([]);

  await roadmaps().publish({ documentId: c });
  await rename(a, 'a-2');
  await roadmaps().delete({ documentId: b });
  const { data } = await get({ since: reader.cursor });
  expect(data.map(({ seq: _seq, ...change }) => ('etag' in change ? change.slug : change))).toEqual(
    [
      'c',
      { action: 'delete', collection: 'roadmaps', slug: 'a', reason: 'renamed', newSlug: 'a-2' },
      'a-2',
      { action: 'delete', collection: 'roadmaps', slug: 'b', reason: 'deleted' },
    ]
  );
  await reader.poll();
  expect([...reader.documents.keys()].sort()).toEqual(['roadmaps/a-2', 'roadmaps/c']);
});

test('a renamed slug points to the current slug of the document, if it is published', async () => {
  const documentId = await publishRoadmap(cms.strapi, { slug: 'one' });
  const since = await now();
  await rename(documentId, 'two');
  await rename(documentId, 'three');

  const tombstones = async () => {
    const { data } = await get({ since });
    return data.flatMap((change) =>
      change.action === 'delete' ? [[change.slug, change.reason, change.newSlug]] : []
    );
  };
  expect(await tombstones()).toEqual([
    ['one', 'renamed', 'three'],
    ['two', 'renamed', 'three'],
  ]);
  await roadmaps().unpublish({ documentId });
  expect(await tombstones()).toEqual([
    ['one', 'renamed', undefined],
    ['two', 'renamed', undefined],
    ['three', 'unpublished', undefined],
  ]);
});

test('pages of any size add up to what is published, whatever changes between them', async () => {
  const ids: string[] = [];
  for (let index = 0; index < 8; index += 1) {
    ids.push(await publishRoadmap(cms.strapi, { slug: `p-${index}` }));
  }
  const steps: (() => Promise<unknown>)[] = ids.flatMap((documentId, index) => [
    () => roadmaps().update({ documentId, data: { title: `New ${index}` }, status: 'published' }),
    () => rename(documentId, `q-${index}`),
    () => roadmaps().unpublish({ documentId }),
    () => roadmaps().publish({ documentId }),
  ]);
  const order = fc.sample(fc.shuffledSubarray(steps, { minLength: 24, maxLength: 24 }), {
    seed: 5_403,
    numRuns: 1,
  })[0];
  const readers = [1, 2, 3, 1000].map((limit) => {
    // Between two pages something changes.
    const readPage = async (query: object) => {
      const page = await get(query);
      await order?.pop()?.();
      return page;
    };
    return createFeedConsumer(readPage, { limit });
  });

  for (const reader of readers) await reader.poll();
  while (order && order.length > 0) await order.pop()?.();
  const expected = createFeedConsumer(get);
  await expected.poll();
  for (const reader of readers) {
    await reader.poll();
    expect(new Map([...reader.documents].sort())).toEqual(new Map([...expected.documents].sort()));
  }
  const live = await findPublications(cms.strapi, { isCurrent: true, state: 'live' });
  expect([...expected.documents.values()].map(({ slug, etag }) => [slug, etag])).toEqual(
    live.map(({ slug, etag }) => [slug, etag])
  );
});

test('a cursor is valid however old it is, even if texts are no longer kept', async () => {
  const documentId = await publishRoadmap(cms.strapi, { slug: 'often' });
  const since = await now();
  const { retention } = cms.strapi.config.get('plugin::frontmatter') as { retention: number };
  cms.strapi.config.set('plugin::frontmatter.retention', 3);
  for (let index = 0; index <= 3; index += 1) {
    await roadmaps().update({ documentId, data: { order: index }, status: 'published' });
  }
  cms.strapi.config.set('plugin::frontmatter.retention', retention);
  const [first] = await findPublications(cms.strapi, { slug: 'often' });

  expect(first?.text).toBeNull();
  expect(brief((await get({ since })).data)).toEqual(['upsert often updated']);
});

test('a cursor that this database never issued is answered 410, and a full read still works', async () => {
  await publishRoadmap(cms.strapi, { slug: 'here' });
  const [seq, token] = (await now()).split('.');

  const others = [`${seq}.${token === '00000000' ? '1' : '0'}0000000`, `99999.${token}`];
  for (const since of [...others, '9999999999.00000000', '999999999999999.00000000']) {
    const { body, status } = await cms.http.get(URL).query({ since });
    expect([status, body]).toEqual([
      410,
      errorBody(410, /^The cursor '.*' is from another database, .*: read everything again/),
    ]);
  }
  expect((await get({ since: '0' })).data).toEqual((await get()).data);
});

test('once cursors are ended, every older one is answered 410, and readers get the same content', async () => {
  await publishRoadmap(cms.strapi, { slug: 'kept' });
  const { data, meta } = await get();
  const text = await cms.http.get('/api/frontmatter/roadmaps/kept.md');
  await cms.strapi.plugin('frontmatter').service('publications').endCursors();

  expect((await cms.http.get(URL).query({ since: meta.cursor })).status).toBe(410);
  const after = await get();
  expect(after.data).toEqual(data);
  expect(after.meta.cursor).not.toBe(meta.cursor);
  expect((await get({ since: after.meta.cursor })).data).toEqual([]);
  const same = await cms.http.get('/api/frontmatter/roadmaps/kept.md');
  expect([same.text, same.headers['etag']]).toEqual([text.text, text.headers['etag']]);
});

test('a single collection can be followed', async () => {
  const since = await now();
  await publishRoadmap(cms.strapi, { slug: 'mine' });

  expect(brief((await get({ collection: 'roadmaps', since })).data)).toEqual([
    'upsert mine published',
  ]);
  const { body, status } = await cms.http.get(URL).query({ collection: 'recipes' });
  expect([status, body]).toEqual([404, errorBody(404, /recipes/)]);
});

test.each([
  ['since=yesterday', /since: "yesterday" is not a cursor: send that of an earlier answer/],
  ['since=', /since: "" is not a cursor/],
  [`since=${'1'.repeat(10_000)}`, /since: "1{50}" is not a cursor/],
  ['limit=0', /limit: must be a whole number from 1 to 1,000/],
  ['limit=-1', /limit: must be a whole number from 1 to 1,000/],
  ['limit=1e9', /limit: must be a whole number from 1 to 1,000/],
  ['limit=1001', /limit: must be a whole number from 1 to 1,000/],
  ['limit=1&limit=2', /limit: must be a whole number from 1 to 1,000/],
  ['cursor=0', /Unrecognized key: "cursor"/],
])('%.30s is refused', async (query, message) => {
  const { body, status } = await cms.http.get(`${URL}?${query}`);

  expect([status, body]).toEqual([400, errorBody(400, message)]);
});

test('a reader that has the newest answer gets 304', async () => {
  await publishRoadmap(cms.strapi, { slug: 'same' });
  const { headers } = await cms.http.get(URL);
  const again = () => cms.http.get(URL).set('If-None-Match', String(headers['etag']));

  expect((await again()).status).toBe(304);
  expect(headers['cache-tag']).toMatch(/\broadmaps\b/);
  await publishRoadmap(cms.strapi, { slug: 'more' });
  expect((await again()).status).toBe(200);
});
