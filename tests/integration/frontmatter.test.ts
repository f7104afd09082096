import { startCms, type Cms } from '../helpers/cms';
import { loginWithToken } from '../helpers/accounts';
import { buildRoadmap, publishRoadmap, ROADMAP } from '../helpers/roadmaps';

let cms: Cms;

beforeAll(async () => {
  cms = await startCms();
});

afterAll(() => cms.stop());

test('the index names each collection with the number of its published documents', async () => {
  await publishRoadmap(cms.strapi);
  await cms.strapi.documents(ROADMAP).create({ data: buildRoadmap() });

  const { status, body } = await cms.http.get('/api/frontmatter');

  expect(status).toBe(200);
  const cursor = expect.stringMatching(/^\d+\.[0-9a-f]{8}$/);
  const files = ['{slug}/{slug}.md', '{slug}.md'];
  const keys = expect.arrayContaining([
    { name: 'order', required: true },
    { name: 'note', required: false },
  ]);
  expect(body).toEqual({
    data: [
      expect.objectContaining({
        collection: 'guides',
        count: 0,
        cursor: '0',
        files: ['{slug}.md'],
      }),
      { collection: 'roadmaps', count: 1, cursor, files, keys },
    ],
    meta: {},
  });
});

describe('a published roadmap', () => {
  beforeAll(async () => {
    await publishRoadmap(cms.strapi, {
      slug: 'node.js',
      order: 7,
      briefTitle: "Node's",
      title: 'Node: #1',
      hasTopics: false,
      dimensions: { width: 968, height: 2840.25 },
      seo: { title: 'Two\nlines\n' },
      datePublished: '2025-01-02',
      dateModified: '2025-03-04',
      body: '\nHello\n',
    });
  });

  const text = [
    '---',
    'order: 7',
    "briefTitle: 'Node''s'",
    "briefDescription: 'All you need to begin'",
    "title: 'Node: #1'",
    "description: 'A path from the first step to the last'",
    'hasTopics: false',
    'dimensions:',
    '  width: 968',
    '  height: 2840.25',
    'schema:',
    "  datePublished: '2025-01-02'",
    "  dateModified: '2025-03-04'",
    'seo:',
    '  title: |',
    '    Two',
    '    lines',
    '---',
    '',
    'Hello',
    '',
  ].join('\n');

  const frontmatter = {
    order: 7,
    briefTitle: "Node's",
    briefDescription: 'All you need to begin',
    title: 'Node: #1',
    description: 'A path from the first step to the last',
    hasTopics: false,
    dimensions: { width: 968, height: 2840.25 },
    schema: { datePublished: '2025-01-02', dateModified: '2025-03-04' },
    seo: { title: 'Two\nlines\n' },
  };

  test.each([
    ['the extension .md', '/api/frontmatter/roadmaps/node.js.md', '*/*'],
    ['Accept: text/markdown', '/api/frontmatter/roadmaps/node.js', 'text/markdown'],
    [
      'an Accept like the Content-Type of the answer',
      '/api/frontmatter/roadmaps/node.js',
      'text/markdown; charset=utf-8',
    ],
  ])('is served as its markdown file for %s', async (_, url, accept) => {
    const response = await cms.http.get(url).set('Accept', accept);

    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toBe('text/markdown; charset=utf-8');
    expect(response.text).toBe(text);
  });

  test.each([
    ['the extension .yaml', '/api/frontmatter/roadmaps/node.js.yaml', '*/*'],
    ['Accept: text/yaml', '/api/frontmatter/roadmaps/node.js', 'text/yaml'],
    ['Accept: application/yaml', '/api/frontmatter/roadmaps/node.js', 'application/yaml'],
  ])('is served as the lines between the fences for %s', async (_, url, accept) => {
    const response = await cms.http.get(url).set('Accept', accept).responseType('blob');

    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toBe('application/yaml; charset=utf-8');
    expect(response.body.toString()).toBe(text.slice(4, text.indexOf('---\n', 4)));
  });

  test.each([
    ['the extension .json', '/api/frontmatter/roadmaps/node.js.json', '*/*'],
    [
      'Accept: application/vnd.frontmatter+json',
      '/api/frontmatter/roadmaps/node.js',
      'application/vnd.frontmatter+json',
    ],
  ])('is served as its frontmatter alone for %s', async (_, url, accept) => {
    const response = await cms.http.get(url).set('Accept', accept);

    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(response.text).toBe(JSON.stringify(frontmatter));
  });

  test('is served as an envelope of frontmatter and body without an extension', async () => {
    const { status, body, headers } = await cms.http.get('/api/frontmatter/roadmaps/node.js');

    expect(status).toBe(200);
    expect(headers['vary']).toContain('Accept');
    expect(body).toEqual({
      data: {
        slug: 'node.js',
        etag: expect.stringMatching(/^[0-9a-f]{32}$/),
        frontmatter,
        body: '\nHello\n',
      },
      meta: { collection: 'roadmaps', status: 'published' },
    });
  });

  test('is answered 304 for its ETag, which differs in each representation', async () => {
    const md = await cms.http.get('/api/frontmatter/roadmaps/node.js.md');
    const json = await cms.http.get('/api/frontmatter/roadmaps/node.js.json');
    expect(json.headers['etag']).not.toBe(md.headers['etag']);

    const again = await cms.http
      .get('/api/frontmatter/roadmaps/node.js.md')
      .set('If-None-Match', String(md.headers['etag']));
    expect(again.status).toBe(304);
    expect(again.text).toBe('');

    const other = await cms.http
      .get('/api/frontmatter/roadmaps/node.js.json')
      .set('If-None-Match', String(md.headers['etag']));
    expect(other.status).toBe(200);
  });

  test('is answered with the headers alone for HEAD', async () => {
    const response = await cms.http.head('/api/frontmatter/roadmaps/node.js.md');

    expect(response.status).toBe(200);
    expect(response.headers['content-length']).toBe(String(Buffer.byteLength(text)));
  });
});

test.each([
  ['an unknown collection', '/api/frontmatter/songs/backend', /no collection 'songs'.*roadmaps/],
  ['an unknown slug', '/api/frontmatter/roadmaps/nobody.md', /No published document 'nobody'/],
  ['a slug that climbs', '/api/frontmatter/roadmaps/..%2Fsecret', /No published document/],
  ['a slug with a space', '/api/frontmatter/roadmaps/a%20b', /No published document/],
])('%s is answered 404 in Strapi’s error shape', async (_, url, message) => {
  const { status, body } = await cms.http.get(url);

  expect(status).toBe(404);
  expect(body).toMatchObject({ data: null, error: { status: 404, name: 'NotFoundError' } });
  expect(body.error.message).toMatch(message);
});

test('a draft that was never published is answered 404', async () => {
  await cms.strapi.documents(ROADMAP).create({ data: buildRoadmap({ slug: 'only-a-draft' }) });

  const { status } = await cms.http.get('/api/frontmatter/roadmaps/only-a-draft.md');

  expect(status).toBe(404);
});

test('an Accept header that matches nothing is answered 406 with what is available', async () => {
  await publishRoadmap(cms.strapi, { slug: 'picky' });

  const { status, body } = await cms.http
    .get('/api/frontmatter/roadmaps/picky')
    .set('Accept', 'image/png');

  expect(status).toBe(406);
  expect(body).toMatchObject({ data: null, error: { status: 406 } });
  expect(body.error.message).toMatch(/text\/markdown/);
});

test('an unknown query key is answered 400 with its name', async () => {
  const { status, body } = await cms.http.get('/api/frontmatter/roadmaps/picky?colour=red');

  expect(status).toBe(400);
  expect(body.error.message).toMatch(/colour/);
});

test('a draft is shown in its current state to a token that may read drafts', async () => {
  const documentId = await publishRoadmap(cms.strapi, { slug: 'in-work', title: 'Published' });
  await cms.strapi.documents(ROADMAP).update({ documentId, data: { title: 'In work' } });
  const reader = await loginWithToken(cms.strapi, 'custom', [
    'plugin::frontmatter.document.findOne',
    'plugin::frontmatter.document.draft',
  ]);

  const draft = await reader.get('/api/frontmatter/roadmaps/in-work.json?status=draft');
  const published = await reader.get('/api/frontmatter/roadmaps/in-work.json');

  expect(draft.body.title).toBe('In work');
  expect(published.body.title).toBe('Published');
});

describe('a sponsor', () => {
  const DAY_MS = 24 * 60 * 60 * 1000;
  const day = (offset: number) => new Date(Date.now() + offset * DAY_MS).toISOString();

  async function publishWithSponsor(slug: string, sponsor: Record<string, unknown>, roadmap = {}) {
    const created = await cms.strapi.documents('api::sponsor.sponsor').create({
      data: {
        name: slug,
        url: 'https://example.org/ad',
        event: { category: 'SponsorClick', label: '{briefTitle} / Ad' },
        ...sponsor,
      },
    });
    await publishRoadmap(cms.strapi, {
      slug,
      briefTitle: 'Short',
      sponsor: created.documentId,
      ...roadmap,
    });
    const { body } = await cms.http.get(`/api/frontmatter/roadmaps/${slug}.json`);
    return body.sponsor;
  }

  test('carries a label with the brief title of the roadmap', async () => {
    const sponsor = await publishWithSponsor('sponsored', {});

    expect(sponsor).toEqual({
      url: 'https://example.org/ad',
      event: { category: 'SponsorClick', label: 'Short / Ad' },
    });
  });

  test('carries the label of the roadmap if it has one', async () => {
    const sponsor = await publishWithSponsor('own-label', {}, { sponsorEventLabel: 'Mine' });

    expect(sponsor.event.label).toBe('Mine');
  });

  test.each([
    ['before', { startsAt: day(1) }, false],
    ['within', { startsAt: day(-1), endsAt: day(1) }, true],
    ['after', { endsAt: day(-1) }, false],
  ])('is shown only within its window: %s %j %p', async (title, window, isShown) => {
    const sponsor = await publishWithSponsor(title.replaceAll(' ', '-'), window);

    expect(sponsor !== undefined).toBe(isShown);
  });
});
