import roadmapSchema from '../../src/api/roadmap/content-types/roadmap/schema.json';
import { loginAsAdmin, loginWithToken } from '../helpers/accounts';
import { startCms, type Cms } from '../helpers/cms';
import { buildRoadmap, publishRoadmap, ROADMAP } from '../helpers/roadmaps';

let cms: Cms;

beforeAll(async () => {
  cms = await startCms();
});

afterAll(() => cms.stop());

test('the database is the one that the run is meant for', async () => {
  const sql =
    databaseClient === 'postgres'
      ? 'select version() as version'
      : 'select sqlite_version() as version';
  const result = await cms.strapi.db.connection.raw(sql);
  const [{ version }] = databaseClient === 'postgres' ? result.rows : result;

  expect(cms.strapi.db.dialect.client).toBe(databaseClient);
  expect(version).toMatch(databaseClient === 'postgres' ? /^PostgreSQL \d+/ : /^3\.\d+/);
});

describe('plain REST', () => {
  test('creates, reads, changes and deletes all four types', async () => {
    const writer = await loginWithToken(cms.strapi, 'full-access');
    const samples = {
      roadmaps: [buildRoadmap({ slug: 'rest' }), { title: 'Changed' }],
      sponsors: [
        { name: 'Acme', url: 'https://example.org', event: { category: 'Click' } },
        { name: 'Acme Ltd' },
      ],
      keywords: [{ name: 'a phrase' }, { name: 'another phrase' }],
      tags: [{ name: 'role-roadmap' }, { name: 'skill-roadmap' }],
    };

    for (const [plural, [sample, change]] of Object.entries(samples)) {
      const created = await writer.post(`/api/${plural}`).send({ data: sample });
      expect([plural, created.status]).toEqual([plural, 201]);
      const path = `/api/${plural}/${created.body.data.documentId}`;

      const changed = await writer.put(path).send({ data: change });
      expect(changed.body.data).toMatchObject({ ...change });
      expect((await writer.get(path)).body.data).toMatchObject({ ...change });
      expect((await writer.delete(path)).status).toBe(204);
      expect((await writer.get(path)).status).toBe(404);
    }
  });

  test('names what a roadmap lacks to be published', async () => {
    const writer = await loginWithToken(cms.strapi, 'full-access');

    const { status, body } = await writer
      .post('/api/roadmaps')
      .send({ data: { slug: 'bare', briefTitle: 'Bare' } });

    expect(status).toBe(400);
    const paths = body.error.details.errors.map((error: { path: string[] }) =>
      error.path.join('.')
    );
    expect(paths.sort()).toEqual(['briefDescription', 'description', 'order', 'title']);
  });

  test.each([
    ['a second keyword of one name', 'keywords', { name: 'unique' }],
    ['a second tag of one name', 'tags', { name: 'unique' }],
  ])('rejects %s, even from parallel requests', async (_, plural, data) => {
    const writer = await loginWithToken(cms.strapi, 'full-access');

    const answers = await Promise.all(
      Array.from({ length: 5 }, () => writer.post(`/api/${plural}`).send({ data }))
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400, 400]);
  });

  test('rejects a second roadmap with the same slug, even from parallel requests', async () => {
    const writer = await loginWithToken(cms.strapi, 'full-access');

    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        writer.post('/api/roadmaps').send({ data: buildRoadmap({ slug: 'one-slug' }) })
      )
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400, 400]);
  });
});

test('long text, decimals, and characters of all kinds come back unchanged', async () => {
  const sample = {
    slug: 'faithful',
    order: -3,
    description: `${'long '.repeat(500)}SREâ€™s — “quoted” 日本語 🔭`,
    dimensions: { width: 968.0625, height: 3065.23 },
    sitemap: { priority: 0.1, changefreq: 'monthly' },
    body: '\n# Title\n\n---\n\ttabs  \n',
  };
  await publishRoadmap(cms.strapi, sample);

  const { body } = await cms.http.get('/api/roadmaps?filters[slug]=faithful&populate=*');

  expect(body.data[0]).toMatchObject(sample);
});

describe('bad input', () => {
  test.each([
    ['a slug that cannot be an address', { slug: '..' }, 'slug'],
    ['a slug without a letter', { slug: '' }, 'slug'],
    ['a slug that is too long', { slug: 'a'.repeat(256) }, 'slug'],
    ['a title without a letter', { title: '' }, 'title'],
    ['a title that is too long', { title: 'a'.repeat(256) }, 'title'],
    ['an order that no database holds', { order: 2 ** 31 }, 'order'],
    ['an unknown change frequency', { sitemap: { changefreq: 'often' } }, 'sitemap.changefreq'],
  ])('%s is answered with 400 at its field', async (_, data, path) => {
    const writer = await loginWithToken(cms.strapi, 'full-access');

    const { status, body } = await writer.post('/api/roadmaps').send({ data: buildRoadmap(data) });

    expect(status).toBe(400);
    const paths = body.error.details.errors.map((error: { path: string[] }) =>
      error.path.join('.')
    );
    expect(paths).toContain(path);
  });

  test.each([
    ['the body', 'post', '/api/keywords', { data: { name: 'a\0' } }],
    ['a key of the body', 'post', '/api/keywords', { data: { 'na\0me': 'a' } }],
    ['the query', 'get', '/api/keywords?filters[name]=a%00', undefined],
    ['the address', 'get', '/api/roadmaps/a%00', undefined],
  ] as const)(
    'U+0000 in %s is answered with 400, and the CMS keeps running',
    async (place, method, path, body) => {
      const writer = await loginWithToken(cms.strapi, 'full-access');

      const answer = await writer[method](path).send(body);

      expect(answer.status).toBe(400);
      expect(answer.body.error.message).toContain('U+0000');
      expect((await cms.http.get('/api/keywords')).status).toBe(200);
    }
  );
});

describe('relations', () => {
  test('keywords, tags and a sponsor are shared by roadmaps, each with its own order', async () => {
    const names = ['alpha', 'beta', 'gamma'];
    const keywords = await Promise.all(
      names.map((name) => cms.strapi.documents('api::keyword.keyword').create({ data: { name } }))
    );
    const sponsor = await cms.strapi
      .documents('api::sponsor.sponsor')
      .create({ data: { name: 'Shared', url: 'https://example.org/shared' } });
    const ids = keywords.map(({ documentId }) => documentId);

    await publishRoadmap(cms.strapi, { slug: 'one', keywords: ids, sponsor: sponsor.documentId });
    await publishRoadmap(cms.strapi, {
      slug: 'two',
      keywords: [...ids].reverse(),
      sponsor: sponsor.documentId,
    });

    const one = await cms.http.get('/api/frontmatter/roadmaps/one.json');
    const two = await cms.http.get('/api/frontmatter/roadmaps/two.json');
    expect(one.body.seo.keywords).toEqual(['alpha', 'beta', 'gamma']);
    expect(two.body.seo.keywords).toEqual(['gamma', 'beta', 'alpha']);
    expect(one.body.sponsor).toEqual(two.body.sponsor);
    expect(one.body.sponsor.url).toBe('https://example.org/shared');
  });

  test('a related roadmap that is not published is left out', async () => {
    const published = await publishRoadmap(cms.strapi, { slug: 'shown' });
    const draft = await cms.strapi.documents(ROADMAP).create({ data: buildRoadmap() });

    await publishRoadmap(cms.strapi, {
      slug: 'links',
      relatedRoadmaps: [draft.documentId, published],
    });

    const { body } = await cms.http.get('/api/frontmatter/roadmaps/links.json');
    expect(body.relatedRoadmaps).toEqual(['shown']);
  });
});

describe('the panel', () => {
  test('shows labels, rows and order as the schemas declare them', async () => {
    const admin = await loginAsAdmin(cms.strapi);

    const { body } = await admin.get(`/content-manager/content-types/${ROADMAP}/configuration`);

    const { settings, metadatas, layouts } = body.data.contentType;
    expect(settings).toMatchObject({ mainField: 'briefTitle', defaultSortBy: 'order' });
    expect(metadatas.tnsBannerLink.edit.label).toBe('Banner link');
    expect(metadatas.dateModified.edit.editable).toBe(false);
    expect(layouts.list).toEqual(['briefTitle', 'order', 'slug', 'tags', 'dateModified']);
    expect(layouts.edit[0].map(({ name }: { name: string }) => name)).toEqual([
      'briefTitle',
      'slug',
    ]);
  });

  test('offers every attribute of a roadmap for editing except those the CMS manages', async () => {
    const { layouts } = await cms.strapi
      .plugin('content-manager')
      .service('content-types')
      .findConfiguration(cms.strapi.contentTypes[ROADMAP]);

    const shown = layouts.edit.flat().map(({ name }: { name: string }) => name);
    const kept = ['source', 'relatedOrder']; // managed by the CMS
    const edited = Object.keys(roadmapSchema.attributes).filter((name) => !kept.includes(name));
    expect(shown.sort()).toEqual(edited.sort());
  });

  test('keeps what an operator changed when the CMS starts again', async () => {
    const contentTypes = cms.strapi.plugin('content-manager').service('content-types');
    const tag = cms.strapi.contentTypes['api::tag.tag'];
    const before = await contentTypes.findConfiguration(tag);
    const changed = {
      ...before,
      settings: { ...before.settings, pageSize: 20 },
      layouts: { ...before.layouts, list: ['description', 'name'] },
    };
    await contentTypes.updateConfiguration(tag, changed);

    await contentTypes.syncConfigurations(); // what the content manager does at each start

    const after = await contentTypes.findConfiguration(tag);
    expect(after.settings.pageSize).toBe(20);
    expect(after.layouts.list).toEqual(['description', 'name']);
  });
});
