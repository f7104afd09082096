// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import { ADMIN, loginAsAdmin, loginWithActions } from '../helpers/accounts';
import { startCms, type Cms } from '../helpers/cms';
import { setNow } from '../helpers/frontmatter';
import { supertest } from '../helpers/native';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';

const SITE = 'https://site.example';

let cms: Cms;
let admin: Awaited<ReturnType<typeof loginAsAdmin>>;
let documentId: string;

beforeAll(async () => {
  process.env['SITE_URL'] = SITE;
  cms = await startCms();
  setNow(cms.strapi, '2026-01-10T12:00:00Z');
  admin = await loginAsAdmin(cms.strapi);
  documentId = await publishRoadmap(cms.strapi, { slug: 'kites', title: 'What readers get' });
  await cms.strapi
    .documents(ROADMAP)
    .update({ documentId, data: { title: 'What the editor typed', slug: 'kites-new' } });
});

afterAll(async () => {
  await cms.stop();
  delete process.env['SITE_URL'];
});

type Agent = typeof admin;

/** Returns the URL that Strapi's preview opens; `undefined` if there is none. */
const previewUrl = async (agent: Agent, status: string, uid = ROADMAP, id = documentId) =>
  (await agent.get(`/content-manager/preview/url/${uid}`).query({ documentId: id, status })).body
    .data?.url as string | undefined;

async function openLink(status: string): Promise<string> {
  const url = new URL(String(await previewUrl(admin, status)));
  expect(url.origin + url.pathname).toBe(`${SITE}/preview`);
  return String(url.searchParams.get('link'));
}

const read = (link: string) => cms.http.get(`/api/frontmatter/preview/${link}`);

test('a link opens the draft or the published document for anyone who has it', async () => {
  const draft = await read(await openLink('draft'));
  const published = await read(await openLink('published'));

  expect(draft.body.data).toMatchObject({
    collection: 'roadmaps',
    slug: 'kites-new',
    frontmatter: { title: 'What the editor typed' },
    body: expect.any(String),
  });
  expect(draft.headers['cache-control']).toBe('private, no-store');
  expect(published.body.data).toMatchObject({
    slug: 'kites',
    frontmatter: { title: 'What readers get' },
  });
});

test('a link expires after 15 minutes', async () => {
  const link = await openLink('draft');

  setNow(cms.strapi, '2026-01-10T12:14:59Z');
  expect((await read(link)).status).toBe(200);
  setNow(cms.strapi, '2026-01-10T12:15:00Z');
  const late = await read(link);
  setNow(cms.strapi, '2026-01-10T12:00:00Z');

  expect(late.status).toBe(404);
  expect(late.body.error.message).toBe(
    'This preview link is not valid, or is older than 15 minutes: open the preview again'
  );
});

test('a link that was tampered with, or was not issued here, opens nothing', async () => {
  const [payload = '', signature = ''] = (await openLink('published')).split('.');
  const target = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const changed = Buffer.from(JSON.stringify({ ...target, status: 'draft' })).toString('base64url');

  for (const link of [`${changed}.${signature}`, payload, `${payload}.`, 'x', '.', `.${signature}`])
    expect((await read(link)).status).toBe(404);
});

test('a link of a document that is deleted or unpublished opens nothing', async () => {
  const id = await publishRoadmap(cms.strapi, { slug: 'gone-soon' });
  const links = await Promise.all(
    ['draft', 'published'].map(async (status) =>
      String(new URL(String(await previewUrl(admin, status, ROADMAP, id))).searchParams.get('link'))
    )
  );
  await cms.strapi.documents(ROADMAP).delete({ documentId: id });

  for (const link of links) expect((await read(link)).status).toBe(404);
});

test('nobody gets a link to a document that they may not read or that has no page', async () => {
  const other = await loginWithActions(cms.strapi, ['plugin::frontmatter.panel.read']);
  const tag = await cms.strapi.documents('api::tag.tag').create({ data: { name: 'a-tag' } });

  expect(await previewUrl(other, 'draft')).toBeUndefined();
  expect(await previewUrl(admin, 'draft', 'api::tag.tag', tag.documentId)).toBeUndefined();
});

test('an editor who may read only their own documents gets no link to those of others', async () => {
  const { strapi } = cms;
  const role = await strapi.service('admin::role').create({ name: 'Own only', description: '' });
  await strapi.service('admin::role').assignPermissions(role.id, [
    {
      action: 'plugin::content-manager.explorer.read',
      subject: ROADMAP,
      properties: { fields: Object.keys(strapi.contentType(ROADMAP).attributes) },
      conditions: ['admin::is-creator'],
    },
    { action: 'plugin::frontmatter.panel.read', subject: null, conditions: [] },
  ]);
  const account = { email: 'own@example.org', password: ADMIN.password };
  const names = { firstname: 'Ola', lastname: 'Own' };
  const user = await strapi
    .service('admin::user')
    .create({ ...account, ...names, isActive: true, roles: [role.id] });
  const { body } = await cms.http.post('/admin/login').send(account);
  const agent = supertest
    .agent(strapi.server.httpServer)
    .set('Authorization', `Bearer ${body.data.token}`) as Agent;
  const own = await publishRoadmap(strapi, { slug: 'own' });
  await strapi.db
    .query(ROADMAP)
    .updateMany({ where: { documentId: own }, data: { createdBy: user.id } });
  const preview = async (id: string) =>
    (await agent.post(`/frontmatter/preview/${ROADMAP}`).send({ documentId: id, values: {} }))
      .status;

  expect(await previewUrl(agent, 'draft')).toBeUndefined();
  expect(await preview(documentId)).toBe(403);
  expect(await previewUrl(agent, 'draft', ROADMAP, own)).toContain(SITE);
  expect(await preview(own)).toBe(200);
});

test('the panel may show the site in a frame', async () => {
  const { headers } = await cms.http.get('/admin/init');

  expect(headers['content-security-policy']).toMatch(/frame-src[^;]*https:\/\/site\.example/);
});
