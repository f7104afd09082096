import type supertest from 'supertest';
import { loginAsAdmin, loginWithToken } from '../helpers/accounts';
import { startCms, type Cms } from '../helpers/cms';
import { findInconsistencies, importText, PANEL, setDay } from '../helpers/frontmatter';
import { buildRoadmap, publishRoadmap, ROADMAP } from '../helpers/roadmaps';

let cms: Cms;
let admin: ReturnType<typeof supertest.agent>;

beforeAll(async () => {
  cms = await startCms();
  admin = await loginAsAdmin(cms.strapi);
});

afterAll(() => cms.stop());

beforeEach(() => setDay(cms.strapi, '2026-02-20'));

afterEach(async () => {
  expect(await findInconsistencies(cms.strapi)).toEqual([]);
});

const readMd = async (slug: string) =>
  (await cms.http.get(`/api/frontmatter/roadmaps/${slug}.md`)).text;

const idOf = async (slug: string) =>
  String(
    (await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug: { $eq: slug } } }))
      ?.documentId
  );

/** Loads a form as the panel does: every field, and for relations only the changes. */
async function loadForm(documentId: string): Promise<Record<string, unknown>> {
  const { body, status } = await admin.get(`${PANEL}/${documentId}`);
  if (status !== 200) throw new Error(`the panel answered ${status}`);
  const none = { connect: [], disconnect: [] };
  return { ...body.data, relatedRoadmaps: none, keywords: none, tags: none, sponsor: none };
}

const file = (slug: string, { title = 'A title', date = '2025-01-01' } = {}) =>
  [
    '---',
    '# read by the build',
    'order:   7',
    `briefTitle: "${slug}"   # double`,
    'briefDescription: Brief',
    `title: '${title}'`,
    'description: >-',
    '  Folded',
    '  text',
    'unknown: [1,  2]',
    'schema:',
    "  datePublished: '2024-01-01'",
    `  dateModified: '${date}'`,
    'relatedRoadmaps:',
    "  - 'nobody-1'",
    "  - 'nobody-2'",
    '---',
    'Body',
    '',
  ].join('\n');

test('a form that was opened before an import restores no hidden fields', async () => {
  await importText(cms.strapi, 'form-1', file('form-1', { title: 'Old' }));
  const documentId = await idOf('form-1');
  const stale = await loadForm(documentId);
  const now = file('form-1', { title: 'New', date: '2025-06-06' }).replace(
    "  - 'nobody-1'\n",
    "  - 'nobody-3' # first\n"
  );
  expect(await importText(cms.strapi, 'form-1', now)).toMatchObject({ action: 'updated' });

  // The editor changes one flag; the form also sends the old title back, as any form does.
  await admin.put(`${PANEL}/${documentId}`).send({ ...stale, isNew: true });
  await admin.post(`${PANEL}/${documentId}/actions/publish`).send({});

  expect(await readMd('form-1')).toBe(
    now
      .replace("title: 'New'", "title: 'Old'")
      .replace('description: >-\n  Folded\n  text\n', (lines) => `${lines}isNew: true\n`)
      .replace("'2025-06-06'", "'2026-02-20'")
  );
});

test('pending slugs are kept when links are added, moved and removed in the panel', async () => {
  const one = await publishRoadmap(cms.strapi, { slug: 'panel-a' });
  const two = await publishRoadmap(cms.strapi, { slug: 'panel-b' });
  await importText(cms.strapi, 'form-2', file('form-2'));
  const documentId = await idOf('form-2');
  const form = await loadForm(documentId);
  const save = async (relatedRoadmaps: object) => {
    const path = `${PANEL}/${documentId}/actions/publish`;
    expect((await admin.post(path).send({ ...form, relatedRoadmaps })).status).toBe(200);
    const { body } = await cms.http.get('/api/frontmatter/roadmaps/form-2.json');
    return body.relatedRoadmaps;
  };
  const item = async (documentId: string) => {
    const row = await cms.strapi.documents(ROADMAP).findOne({ documentId });
    return { id: row?.id, documentId };
  };
  const added = { ...(await item(one)), position: { end: true } };
  const first = { ...(await item(two)), position: { start: true } };
  const swapped = { ...(await item(two)), position: { after: one } };

  expect(await save({ connect: [added], disconnect: [] })).toEqual([
    'nobody-1',
    'nobody-2',
    'panel-a',
  ]);
  expect(await save({ connect: [first], disconnect: [] })).toEqual([
    'panel-b',
    'nobody-1',
    'nobody-2',
    'panel-a',
  ]);
  await importText(
    cms.strapi,
    'form-2',
    (await readMd('form-2')).replace(/ {2}- '?panel-b'?\n/, (line) => `${line}  - nobody-4\n`)
  );
  expect(await save({ connect: [swapped], disconnect: [] })).toEqual([
    'panel-a',
    'panel-b',
    'nobody-4',
    'nobody-1',
    'nobody-2',
  ]);
  expect(await save({ connect: [], disconnect: [await item(two)] })).toEqual([
    'panel-a',
    'nobody-4',
    'nobody-1',
    'nobody-2',
  ]);
  expect(await save({ connect: [], disconnect: [] })).toHaveLength(4);
});

test('a file with CRLF and a byte order mark keeps every byte that nobody touched', async () => {
  const text = `\uFEFF${file('form-3').replaceAll('\n', '\r\n')}`;
  await importText(cms.strapi, 'form-3', text);
  expect(await readMd('form-3')).toBe(text);
  const documentId = await idOf('form-3');
  const form = await loadForm(documentId);
  await admin.post(`${PANEL}/${documentId}/actions/publish`).send(form);
  expect(await readMd('form-3')).toBe(text);

  const body = 'Body\nand more\n';
  await admin.post(`${PANEL}/${documentId}/actions/publish`).send({ ...form, order: 8, body });

  expect(await readMd('form-3')).toBe(
    text
      .replace('order:   7', 'order:   8')
      .replace('Body\r\n', 'Body\r\nand more\r\n')
      .replace("'2025-01-01'", "'2026-02-20'")
  );
});

describe('what is hidden', () => {
  const secret = 'campaign-of-next-month';
  let documentId: string;
  let writer: ReturnType<typeof supertest.agent>;

  beforeAll(async () => {
    writer = await loginWithToken(cms.strapi, 'full-access');
    setDay(cms.strapi, '2026-02-20');
    const text = file('hidden').replace('unknown: [1,  2]', `unknown: ${secret}`);
    await importText(cms.strapi, 'hidden', text);
    documentId = await idOf('hidden');
  });

  test.each([
    'populate=*',
    'populate[relatedRoadmaps]=*',
    'populate=relatedRoadmaps.relatedRoadmaps',
    '',
  ])('is not shown by plain REST with %s', async (query) => {
    for (const http of [cms.http, writer]) {
      const { text } = await http.get(`/api/roadmaps?${query}`);
      expect(text).not.toMatch(/"source"|relatedOrder|read by the build|nobody-1/);
    }
  });

  test.each([
    'fields=source',
    'fields=relatedOrder',
    'sort=source',
    'sort=relatedOrder',
    `filters[source][$contains]=${secret}`,
    'filters[relatedOrder][$notNull]=true',
    'filters[relatedRoadmaps][source][$notNull]=true',
    'populate[relatedRoadmaps][fields]=source',
    'populate[relatedRoadmaps][filters][source][$notNull]=true',
  ])('cannot be requested by %s', async (query) => {
    for (const http of [cms.http, writer]) {
      expect((await http.get(`/api/roadmaps?${query}`)).status).toBe(400);
    }
  });

  test('is not searched, by plain REST or in the panel', async () => {
    const { body } = await cms.http.get(`/api/roadmaps?_q=${secret}`);
    expect(body.data).toEqual([]);
    expect((await admin.get(`${PANEL}?_q=${secret}`)).body.results).toEqual([]);
  });

  test('is not shown by the panel, and not accepted from it', async () => {
    const before = await readMd('hidden');
    const one = await admin.get(`${PANEL}/${documentId}?populate=*`);
    const list = await admin.get(PANEL);
    expect(one.text + list.text).not.toMatch(/"source"|relatedOrder|read by the build/);
    const sneaky = { source: '---\nx: 1\n---\n', relatedOrder: [{ slug: 'x' }] };

    const saved = await admin.put(`${PANEL}/${documentId}`).send(sneaky);
    await admin.post(`${PANEL}/${documentId}/actions/publish`).send(sneaky);
    const copy = await admin.post(`${PANEL}/clone/${documentId}`).send({
      ...sneaky,
      slug: 'hidden-copy',
    });

    expect([saved.status, copy.status]).toEqual([200, 200]);
    expect(await readMd('hidden')).toBe(before);
    const kept = await cms.strapi.documents(ROADMAP).findOne({
      documentId: copy.body.data.documentId,
    });
    expect(kept).toMatchObject({
      source: before,
      relatedOrder: [{ slug: 'nobody-1' }, { slug: 'nobody-2' }],
    });
  });

  test('is not accepted from plain REST', async () => {
    const before = await readMd('hidden');
    const sneaky = { source: '---\nx: 1\n---\n', relatedOrder: [{ slug: 'x' }] };

    await writer.put(`/api/roadmaps/${documentId}`).send({ data: sneaky });
    await writer
      .post('/api/roadmaps')
      .send({ data: buildRoadmap({ slug: 'hidden-new', ...sneaky }) });

    expect(await readMd('hidden')).toBe(before);
    const created = await readMd('hidden-new');
    expect(created).not.toMatch(/^x: 1|relatedRoadmaps/m);
  });
});
