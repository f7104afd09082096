// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import path from 'node:path';
import { loginAsAdmin, loginWithToken } from '../helpers/accounts';
import { PROJECT_DIR, startCms, type Cms } from '../helpers/cms';
import { nativeRequire } from '../helpers/native';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';

let cms: Cms;

beforeAll(async () => {
  cms = await startCms();
});

afterAll(() => cms.stop());

const TYPES = ['roadmaps', 'guides', 'sponsors', 'keywords', 'tags', 'authors'];
const DRAFT = 'plugin::frontmatter.document.draft';

/** The read actions of plain REST for each type. */
const READ_ACTIONS = ['roadmap', 'guide', 'sponsor', 'keyword', 'tag', 'author'].flatMap((name) => [
  `api::${name}.${name}.find`,
  `api::${name}.${name}.findOne`,
]);

test('the suite covers every content type of the application', () => {
  const plurals = Object.values(cms.strapi.contentTypes)
    .filter((type) => type.uid.startsWith('api::'))
    .map((type) => type.info.pluralName);

  expect(plurals.sort()).toEqual([...TYPES].sort());
});

describe('anyone', () => {
  beforeAll(async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'open', title: 'Published' });
    await cms.strapi.documents(ROADMAP).update({ documentId, data: { title: 'Secret draft' } });
  });

  test.each([
    ['roadmaps', 200],
    ['guides', 200],
    ['authors', 200],
    ['keywords', 200],
    ['tags', 200],
    ['sponsors', 403],
  ])('gets from GET /api/%s after installation: %i', async (plural, expected) => {
    const { status } = await cms.http.get(`/api/${plural}`);

    expect(status).toBe(expected);
  });

  test('may read published frontmatter after installation', async () => {
    expect((await cms.http.get('/api/frontmatter')).status).toBe(200);
    expect((await cms.http.get('/api/frontmatter/roadmaps/open.md')).status).toBe(200);
  });

  test.each(['public', 'read-only', 'custom'])('may read openapi.json as %s', async (reader) => {
    const agent =
      reader === 'public'
        ? cms.http
        : await loginWithToken(
            cms.strapi,
            reader as 'read-only' | 'custom',
            reader === 'custom' ? ['plugin::frontmatter.schema.find'] : undefined
          );

    expect((await agent.get('/api/frontmatter/openapi.json')).status).toBe(200);
  });

  test.each(
    TYPES.flatMap((plural) =>
      ['draft', '', 'DRAFT', 'published&status=draft'].map((status) => [plural, status])
    )
  )('is denied GET /api/%s?status=%s', async (plural, status) => {
    const list = await cms.http.get(`/api/${plural}?status=${status}`);
    const item = await cms.http.get(`/api/${plural}/some-document-id?status=${status}`);

    expect(list.status).toBe(403);
    expect(item.status).toBe(403);
    expect(list.text).not.toContain('Secret draft');
  });

  test('gets an error that names the permission for drafts', async () => {
    const { body } = await cms.http.get('/api/roadmaps?status=draft');

    expect(body.error.message).toContain(DRAFT);
  });

  test('is denied a draft by the frontmatter route', async () => {
    const { status } = await cms.http.get('/api/frontmatter/roadmaps/open.md?status=draft');

    expect(status).toBe(403);
  });

  test.each(['publicationFilter=modified', 'hasPublishedVersion=true'])(
    'is denied ?%s, which reveals which documents have a draft that differs',
    async (query) => {
      expect((await cms.http.get(`/api/roadmaps?${query}`)).status).toBe(403);
    }
  );

  test.each([
    ['filters[title][$contains]=Secret', 200],
    ['populate[relatedRoadmaps][status]=draft', 400],
    ['populate=relatedRoadmaps', 200],
    ['sort=title', 200],
  ])('never sees a draft through %s', async (query, expected) => {
    const open = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug: 'open' } });
    await publishRoadmap(cms.strapi, { relatedRoadmaps: [open?.documentId] });

    const { text, status } = await cms.http.get(`/api/roadmaps?${query}`);

    expect(status).toBe(expected);
    expect(text).not.toContain('Secret draft');
  });

  test('cannot reach a sponsor through a roadmap in plain REST', async () => {
    const { documentId } = await cms.strapi.documents('api::sponsor.sponsor').create({
      data: { name: 'Next month', url: 'https://example.org/confidential' },
    });
    await publishRoadmap(cms.strapi, {
      slug: 'with-sponsor',
      sponsor: documentId,
      sponsorEventLabel: 'confidential label',
    });

    const all = await cms.http.get('/api/roadmaps?populate=*');
    const found = await cms.http.get('/api/roadmaps?_q=confidential');
    const filtered = await cms.http.get(
      '/api/roadmaps?filters[sponsorEventLabel][$contains]=confidential'
    );

    expect(all.status).toBe(200);
    expect(all.text).not.toContain('confidential');
    expect(found.body.data).toEqual([]);
    expect(filtered.status).toBe(400);
  });

  test.each(['post', 'put', 'delete'] as const)('may not %s a roadmap', async (method) => {
    const path = method === 'post' ? '/api/roadmaps' : '/api/roadmaps/some-document-id';
    const { status } = await cms.http[method](path).send({ data: {} });

    expect([403, 405]).toContain(status);
  });
});

describe('an API token', () => {
  test.each(TYPES)('with the draft permission may read drafts from /api/%s', async (plural) => {
    const reader = await loginWithToken(cms.strapi, 'custom', [...READ_ACTIONS, DRAFT]);

    const { status, text } = await reader.get(`/api/${plural}?status=draft`);

    expect(status).toBe(200);
    expect(text.includes('Secret draft')).toBe(plural === 'roadmaps');
  });

  test.each(TYPES)('without it is denied drafts of /api/%s', async (plural) => {
    const reader = await loginWithToken(cms.strapi, 'custom', READ_ACTIONS);

    expect((await reader.get(`/api/${plural}`)).status).toBe(200);
    expect((await reader.get(`/api/${plural}?status=draft`)).status).toBe(403);
  });

  test('of type read-only is denied drafts, one with full access is not', async () => {
    const readOnly = await loginWithToken(cms.strapi, 'read-only');
    const full = await loginWithToken(cms.strapi, 'full-access');

    expect((await readOnly.get('/api/roadmaps?status=draft')).status).toBe(403);
    expect((await full.get('/api/roadmaps?status=draft')).status).toBe(200);
  });
});

test('a logged-in user may read what anyone may', async () => {
  const registered = await cms.http
    .post('/api/auth/local/register')
    .send({ username: 'reader', email: 'reader@example.org', password: 'Secret-1234' });
  const get = (path: string) =>
    cms.http.get(path).set('Authorization', `Bearer ${registered.body.jwt}`);

  expect((await get('/api/roadmaps')).status).toBe(200);
  expect((await get('/api/frontmatter/roadmaps/open.md')).status).toBe(200);
  expect((await get('/api/roadmaps?status=draft')).status).toBe(403);
});

test('the draft permission can be given to a role and to a token in the panel', async () => {
  const admin = await loginAsAdmin(cms.strapi);

  const forTokens = await admin.get('/admin/content-api/permissions');
  const forRoles = await admin.get('/users-permissions/permissions');

  const frontmatterOf = (body: { [api: string]: { controllers: { document: unknown } } }) =>
    body['plugin::frontmatter']?.controllers.document;
  expect(frontmatterOf(forTokens.body.data)).toContain('draft');
  expect(frontmatterOf(forRoles.body.permissions)).toHaveProperty('draft');
});

test('a permission that an operator removes from the open roles stays removed after a restart', async () => {
  const permissions = cms.strapi.db.query('plugin::users-permissions.permission');
  const action = 'api::tag.tag.find';
  await permissions.deleteMany({ where: { action } });

  const { default: application } = nativeRequire(path.join(PROJECT_DIR, 'dist/src/index.js'));
  await application.bootstrap({ strapi: cms.strapi });

  expect(await permissions.count({ where: { action } })).toBe(0);
  expect(await permissions.count({ where: { action: 'api::tag.tag.findOne' } })).toBe(2);
});
