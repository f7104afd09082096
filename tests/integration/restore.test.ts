import type supertest from 'supertest';
import { ADMIN, loginAsAdmin, loginWithActions } from '../helpers/accounts';
import { startCms, type Cms } from '../helpers/cms';
import { findInconsistencies, importText, PANEL, setDay } from '../helpers/frontmatter';
import { buildRoadmap, publishRoadmap, ROADMAP } from '../helpers/roadmaps';

let cms: Cms;
let admin: ReturnType<typeof supertest.agent>;

beforeAll(async () => {
  cms = await startCms();
  admin = await loginAsAdmin(cms.strapi);
  setDay(cms.strapi, '2026-01-10');
});

afterAll(() => cms.stop());

afterEach(async () => {
  expect(await findInconsistencies(cms.strapi)).toEqual([]);
});

const HISTORY = `/frontmatter/history/${ROADMAP}`;
const DELETED = `/frontmatter/deleted/${ROADMAP}`;

interface Entry {
  cursor: string;
  reason: string;
  by: object | null;
  hasText: boolean;
  changed: string[];
}

const historyOf = async (documentId: string): Promise<Entry[]> =>
  (await admin.get(`${HISTORY}/${documentId}`)).body.data;

const readMd = async (slug: string) =>
  (await cms.http.get(`/api/frontmatter/roadmaps/${slug}.md`)).text;

const draftMd = async (slug: string) =>
  (await admin.get(`${PANEL}?filters[slug]=${slug}`)).body.results[0];

/** Publishes changes as an editor does in the panel. */
async function publish(documentId: string, changed: object): Promise<void> {
  const { body } = await admin.get(`${PANEL}/${documentId}`);
  const none = { connect: [], disconnect: [] };
  const values = { ...body.data, relatedRoadmaps: none, keywords: none, tags: none, sponsor: none };
  const { status } = await admin
    .post(`${PANEL}/${documentId}/actions/publish`)
    .send({ ...values, ...changed });
  expect(status).toBe(200);
}

test('the history says who published, and keeps the name when the account is gone', async () => {
  const id = await publishRoadmap(cms.strapi, { slug: 'who' });
  await publish(id, { title: 'By an editor' });
  const imported = await importText(
    cms.strapi,
    'who',
    (await readMd('who')).replace(/^description: .*$/m, 'description: From a command')
  );
  expect(imported.action).toBe('updated');

  // From here on, the account belongs to someone else.
  const users = cms.strapi.db.query('admin::user');
  await users.updateMany({ where: { firstname: 'Ada' }, data: { firstname: 'Eve' } });
  expect(await historyOf(id)).toMatchObject([
    { reason: 'updated', by: { kind: 'command', name: null }, changed: ['description'] },
    { reason: 'updated', by: { kind: 'editor', name: 'Ada Editor' }, hasText: true },
    { reason: 'published', by: { kind: 'command', name: null } },
  ]);
  await users.updateMany({ where: { firstname: 'Eve' }, data: { firstname: 'Ada' } });
});

test('a publication is restored into the draft, and readers see no change', async () => {
  const id = await publishRoadmap(cms.strapi, { slug: 'way-back', title: 'First', note: 'N1' });
  await publish(id, { title: 'Second', note: 'N2', order: 77 });
  const [newest, first] = await historyOf(id);
  const before = await readMd('way-back');

  const found = await admin.get(`${HISTORY}/${id}/${first?.cursor}`);
  expect(found.body.data.text).toContain('First');
  expect(found.body.data.paths.sort()).toEqual(['note', 'order', 'title']);
  const same = await admin.get(`${HISTORY}/${id}/${newest?.cursor}`);
  expect(same.body.data.paths).toEqual([]);

  const restored = await admin
    .post(`${HISTORY}/${id}/${first?.cursor}/restore`)
    .send({ paths: ['title', 'note'] });

  expect(restored.status).toBe(204);
  expect(await readMd('way-back')).toBe(before);
  const draft = await draftMd('way-back');
  expect([draft.title, draft.note, draft.order]).toEqual(['First', 'N1', 77]);
});

test('comments and unknown keys of the draft are kept when a publication is restored', async () => {
  const file = [
    '---',
    "title: 'One' # mine",
    'order: 5',
    'briefTitle: B',
    'briefDescription: B',
    'description: D',
    'unknown: kept',
    '---',
    '',
  ].join('\n');
  await importText(cms.strapi, 'commented', file);
  await importText(cms.strapi, 'commented', file.replace("'One'", "'Two'"));
  const { documentId } = await draftMd('commented');
  const [, first] = await historyOf(documentId);

  await admin.post(`${HISTORY}/${documentId}/${first?.cursor}/restore`).send({ paths: ['title'] });
  await cms.strapi.documents(ROADMAP).publish({ documentId });

  const text = await readMd('commented');
  expect(text).toContain("title: 'One' # mine");
  expect(text).toContain('unknown: kept');
});

test('a deleted document is restored as a draft with its last text', async () => {
  const id = await publishRoadmap(cms.strapi, { slug: 'gone-once', title: 'Gone' });
  const text = await readMd('gone-once');
  await admin.delete(`${PANEL}/${id}`);

  const { body } = await admin.get(DELETED);
  expect(body.data[0]).toMatchObject({
    slug: 'gone-once',
    by: { kind: 'editor', name: 'Ada Editor' },
    hasText: true,
  });
  const restored = await admin.post(`${DELETED}/gone-once/restore`);

  expect(restored.status).toBe(204);
  expect((await cms.http.get('/api/frontmatter/roadmaps/gone-once.md')).status).toBe(404);
  const { documentId } = await draftMd('gone-once');
  await cms.strapi.documents(ROADMAP).publish({ documentId });
  expect(await readMd('gone-once')).toBe(text);
  expect((await admin.get(DELETED)).body.data).not.toContainEqual(
    expect.objectContaining({ slug: 'gone-once' })
  );
});

test('a deleted document does not replace one that now has its slug', async () => {
  const id = await publishRoadmap(cms.strapi, { slug: 'used-again', title: 'Old' });
  await admin.delete(`${PANEL}/${id}`);
  await cms.strapi
    .documents(ROADMAP)
    .create({ data: buildRoadmap({ slug: 'used-again', title: 'New' }) });

  const { status } = await admin.post(`${DELETED}/used-again/restore`);

  expect(status).toBe(412);
  expect((await draftMd('used-again')).title).toBe('New');
});

test('requests for what does not exist are answered with what is missing', async () => {
  const id = await publishRoadmap(cms.strapi, { slug: 'not-there' });

  for (const [path, message] of [
    [`${HISTORY}/${id}/0`, 'The document has no such publication'],
    [`${HISTORY}/${id}/x`, "'x' is not a publication"],
    [`${HISTORY}/nobody`, 'The document is no longer there'],
    [`/frontmatter/history/api::tag.tag/${id}`, 'api::tag.tag has no frontmatter'],
  ] as const) {
    const { status, body } = await admin.get(path);
    expect([status, body.error.message]).toEqual([404, message]);
  }
  expect((await admin.post(`${DELETED}/never-there/restore`)).status).toBe(404);
});

test('history and restoring need their own permissions in addition to those for the documents', async () => {
  const id = await publishRoadmap(cms.strapi, { slug: 'for-some' });
  const [entry] = await historyOf(id);
  const nobody = await loginWithActions(cms.strapi, ['plugin::upload.read']);
  const reader = await loginWithActions(cms.strapi, ['plugin::frontmatter.history.read']);

  expect((await nobody.get(`${HISTORY}/${id}`)).status).toBe(403);
  expect((await nobody.get(DELETED)).status).toBe(403);
  expect((await nobody.post(`/frontmatter/preview/${ROADMAP}`).send({ values: {} })).status).toBe(
    403
  );
  // The role may not read roadmaps.
  expect((await reader.get(`${HISTORY}/${id}`)).status).toBe(403);
  expect(
    (await reader.post(`${HISTORY}/${id}/${entry?.cursor}/restore`).send({ paths: ['title'] }))
      .status
  ).toBe(403);
});

test('nobody restores a field that they may not change', async () => {
  const { strapi } = cms;
  const id = await publishRoadmap(strapi, { slug: 'some-fields', title: 'First', note: 'First' });
  await publish(id, { title: 'Second', note: 'Second' });
  const [, first] = await historyOf(id);
  const role = await strapi.service('admin::role').create({ name: 'Notes only', description: '' });
  const fields = Object.keys(strapi.contentType(ROADMAP).attributes);
  const permission = (action: string, allowed: string[]) => ({
    action: `plugin::content-manager.explorer.${action}`,
    subject: ROADMAP,
    properties: { fields: allowed },
    conditions: [],
  });
  await strapi.service('admin::role').assignPermissions(role.id, [
    permission('read', fields),
    permission('update', ['note']),
    ...['read', 'restore'].map((action) => ({
      action: `plugin::frontmatter.history.${action}`,
      subject: null,
      conditions: [],
    })),
  ]);
  const account = { email: 'notes@example.org', password: ADMIN.password };
  const names = { firstname: 'Nia', lastname: 'Notes' };
  await strapi
    .service('admin::user')
    .create({ ...account, ...names, isActive: true, roles: [role.id] });
  const { body } = await cms.http.post('/admin/login').send(account);
  const send = (paths: string[]) =>
    cms.http
      .post(`${HISTORY}/${id}/${first?.cursor}/restore`)
      .set('Authorization', `Bearer ${body.data.token}`)
      .send({ paths });

  expect((await send(['title'])).status).toBe(403);
  expect((await send(['note', 'title'])).status).toBe(403);
  expect((await draftMd('some-fields')).note).toBe('Second');
  expect((await send(['note'])).status).toBe(204);
  expect(await draftMd('some-fields')).toMatchObject({ title: 'Second', note: 'First' });
});
