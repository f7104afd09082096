// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import { startCms, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import { roadmapUrl } from '../helpers/uploads';

const TOKEN = 'a-token-for-prometheus';
const METRICS = '/api/frontmatter/metrics';

let database: TestDatabase;
let cms: Cms;

beforeAll(async () => {
  database = await createDatabase();
});

afterAll(() => database.drop());

async function start(token: string): Promise<void> {
  process.env['FRONTMATTER_METRICS_TOKEN'] = token;
  cms = await startCms(database);
  delete process.env['FRONTMATTER_METRICS_TOKEN'];
}

const scrape = (token = TOKEN) => cms.http.get(METRICS).set('Authorization', `Bearer ${token}`);

/** Returns the lines of the metrics whose name begins with `name`. */
async function samples(name: string): Promise<string[]> {
  const { text } = await scrape();
  return text.split('\n').filter((line) => line.startsWith(name));
}

const requestsTo = async (route: string): Promise<string[]> =>
  (await samples('frontmatter_http_requests_total'))
    .filter((line) => line.includes(`{route="${route}",`))
    .map((line) => line.replace(/^.*",method="(\w+)",status="(\d+)",cache="(\w+)"} /, '$1 $2 $3 '))
    .sort();

describe('without a token', () => {
  beforeAll(() => start(''));
  afterAll(() => cms.stop());

  test.each(['', TOKEN])('the metrics are off, whatever is sent: %p', async (token) => {
    const { status, body } = await scrape(token);

    expect(status).toBe(404);
    expect(body.error.message).toContain('set FRONTMATTER_METRICS_TOKEN');
  });
});

describe('with a token', () => {
  beforeAll(() => start(TOKEN));
  afterAll(() => cms.stop());

  test.each(['', `${TOKEN}x`, TOKEN.slice(1), TOKEN.toUpperCase()])(
    'the metrics are denied to %p',
    async (token) => {
      const { status, headers } = await scrape(token);

      expect([status, headers['www-authenticate']]).toEqual([401, 'Bearer']);
    }
  );

  test('every line of the response has the format of Prometheus', async () => {
    const { status, headers, text } = await scrape();
    const lines = text.trimEnd().split('\n');

    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      expect.stringMatching(/^text\/plain; version=0\.0\.4/),
      'no-store',
    ]);
    expect(
      lines.filter(
        (line) => !/^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"\\]*",?)+\})? -?[\d.e+-]+|)$/.test(line)
      )
    ).toEqual([]);
    expect(text).toMatch(/^process_cpu_seconds_total \S+$/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds \S+$/m);
  });

  test('requests are counted by the pattern of their route, never by their path', async () => {
    await publishRoadmap(cms.strapi, { slug: 'counted' });
    const { headers } = await cms.http.get(roadmapUrl('counted.md'));
    await cms.http.get(roadmapUrl('counted'));
    await cms.http.get(roadmapUrl('counted').replace('/api/frontmatter', '/API/Frontmatter'));
    await cms.http.get(roadmapUrl('counted.md')).set('If-None-Match', String(headers['etag']));
    await cms.http.head(roadmapUrl('counted.json'));
    await cms.http.get(roadmapUrl('not-there'));
    await cms.http.get(roadmapUrl('counted?colour=red'));
    await cms.http.put(roadmapUrl('counted')).send('x');
    await cms.http.get('/api/frontmatter/roadmaps/counted/deep/below');
    await cms.http.get('/api/frontmatter');
    await cms.http.get('/api/roadmaps');

    expect(await requestsTo('/:collection/:slug')).toEqual([
      'GET 200 bypass 1', // the cache matches paths case-sensitively
      'GET 200 miss 2',
      'GET 304 hit 1',
      'GET 400 miss 1',
      'GET 404 miss 1',
      'HEAD 200 miss 1',
      'PUT 403 bypass 1',
    ]);
    expect(await requestsTo('none')).toEqual(['GET 404 miss 1']);
    expect(await requestsTo('/')).toEqual(['GET 200 bypass 1']);
    expect((await samples('frontmatter_http_requests_total')).join()).not.toMatch(/counted|deep/);
  });

  test('responses from memory are counted as hits, and durations are counted likewise', async () => {
    for (let round = 0; round < 3; round += 1) await cms.http.get('/api/frontmatter/roadmaps');

    expect(await requestsTo('/:collection')).toEqual(['GET 200 hit 2', 'GET 200 miss 1']);
    expect(await samples('frontmatter_http_request_duration_seconds_count')).toEqual(
      expect.arrayContaining([
        'frontmatter_http_request_duration_seconds_count{route="/:collection",cache="hit"} 2',
        'frontmatter_http_request_duration_seconds_count{route="/:collection",cache="miss"} 1',
      ])
    );
  });

  test('publications are counted when they are committed, and not when they are rolled back', async () => {
    const { documentId: keyword } = await cms.strapi
      .documents('api::keyword.keyword')
      .create({ data: { name: 'wood' } });
    const documentId = await publishRoadmap(cms.strapi, { slug: 'shown', keywords: [keyword] });
    await cms.strapi
      .documents('api::keyword.keyword')
      .update({ documentId: keyword, data: { name: 'timber' } });
    const failing = cms.strapi.db.transaction(async () => {
      await publishRoadmap(cms.strapi, { slug: 'taken-back' });
      throw new Error('taken back');
    });
    await expect(failing).rejects.toThrow('taken back');
    await cms.strapi.documents(ROADMAP).unpublish({ documentId });

    expect(await samples('frontmatter_publications_total')).toEqual([
      'frontmatter_publications_total{collection="roadmaps",reason="published"} 2',
      'frontmatter_publications_total{collection="roadmaps",reason="reference"} 1',
      'frontmatter_publications_total{collection="roadmaps",reason="unpublished"} 1',
    ]);
    expect(await samples('frontmatter_feed_position')).toEqual(['frontmatter_feed_position 4']);
    expect(await samples('frontmatter_documents')).toEqual([
      'frontmatter_documents{collection="guides"} 0',
      'frontmatter_documents{collection="roadmaps"} 1',
    ]);
  });
});

describe('a second application in the same process', () => {
  beforeAll(() => start(TOKEN));
  afterAll(() => cms.stop());

  test('starts counting at zero and reports what the database holds', async () => {
    await cms.http.get(roadmapUrl('counted'));

    expect(await requestsTo('/:collection/:slug')).toEqual(['GET 200 miss 1']);
    expect(await samples('frontmatter_publications_total')).toEqual([]);
    expect(await samples('frontmatter_feed_position')).toEqual(['frontmatter_feed_position 4']);
    expect(await samples('frontmatter_documents')).toEqual([
      'frontmatter_documents{collection="guides"} 0',
      'frontmatter_documents{collection="roadmaps"} 1',
    ]);
  });
});
