// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ADMIN } from '../helpers/accounts';
import { PROJECT_DIR, startCms, type Cms } from '../helpers/cms';
import { PANEL, setDay } from '../helpers/frontmatter';
import { supertest } from '../helpers/native';
import { buildRoadmap, publishRoadmap, ROADMAP } from '../helpers/roadmaps';

const PAGE = readFileSync(path.join(PROJECT_DIR, 'docs/editors.md'), 'utf8');

/** The permissions that the page lists. */
const ACTIONS = [
  ...(PAGE.split('## A role for writers')[1] ?? '').matchAll(/`(plugin::[\w.-]+)`/g),
].map(([, action]) => String(action));

let cms: Cms;
let writer: ReturnType<typeof supertest.agent>;

beforeAll(async () => {
  cms = await startCms();
  setDay(cms.strapi, '2026-01-10');
  writer = await loginAsWriter();
});

afterAll(() => cms.stop());

async function loginAsWriter(): Promise<ReturnType<typeof supertest.agent>> {
  const { strapi } = cms;
  const role = await strapi.service('admin::role').create({ name: 'Writer', description: '' });
  const all = await strapi.service('admin::permission').actionProvider.values();
  const permissions = ACTIONS.map((action) => {
    expect(all.map(({ actionId }: { actionId: string }) => actionId)).toContain(action);
    const subject = action.startsWith('plugin::content-manager.') ? ROADMAP : null;
    const fields = Object.keys(strapi.contentType(ROADMAP).attributes);
    return { action, subject, conditions: [], properties: subject ? { fields } : {} };
  });
  await strapi.service('admin::role').assignPermissions(role.id, permissions);
  const account = { email: 'writer@example.org', password: ADMIN.password };
  await strapi.service('admin::user').create({
    ...account,
    firstname: 'Wim',
    lastname: 'Writer',
    isActive: true,
    roles: [role.id],
  });
  const { body } = await supertest(strapi.server.httpServer).post('/admin/login').send(account);
  return supertest
    .agent(strapi.server.httpServer)
    .set('Authorization', `Bearer ${body.data.token}`);
}

test('the page lists what a writer needs', () => {
  expect(ACTIONS).toHaveLength(6);
});

test('a writer sees and edits the documents of others, with preview and history', async () => {
  const id = await publishRoadmap(cms.strapi, { slug: 'of-others', title: 'First' });

  const { body } = await writer.get(`${PANEL}/${id}`);
  expect(body.data.title).toBe('First');
  expect((await writer.put(`${PANEL}/${id}`).send({ title: 'Second' })).status).toBe(200);
  const preview = await writer
    .post(`/frontmatter/preview/${ROADMAP}`)
    .send({ documentId: id, values: {} });
  expect(preview.body.data.text).toContain('Second');
  const history = await writer.get(`/frontmatter/history/${ROADMAP}/${id}`);
  const [entry] = history.body.data;
  const restore = `/frontmatter/history/${ROADMAP}/${id}/${entry.cursor}/restore`;
  expect((await writer.post(restore).send({ paths: ['title'] })).status).toBe(204);
  expect((await writer.get(`${PANEL}/${id}`)).body.data.title).toBe('First');
});

test('a writer creates drafts, but cannot publish, unpublish or delete', async () => {
  const created = await writer.post(PANEL).send(buildRoadmap({ slug: 'by-a-writer' }));
  expect(created.status).toBe(201);
  const path = `${PANEL}/${created.body.data.documentId}`;

  for (const action of ['publish', 'unpublish']) {
    expect((await writer.post(`${path}/actions/${action}`).send({})).status).toBe(403);
  }
  expect((await writer.delete(path)).status).toBe(403);
  expect((await cms.http.get('/api/frontmatter/roadmaps/by-a-writer.md')).status).toBe(404);
});
