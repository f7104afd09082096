import type supertest from 'supertest';
import { loginAsAdmin, loginWithToken } from '../helpers/accounts';
import { startCms, type Cms } from '../helpers/cms';
import { buildRoadmap, cloneRoadmap, publishRoadmap, ROADMAP } from '../helpers/roadmaps';

let cms: Cms;
let admin: ReturnType<typeof supertest.agent>;

/** Sets the time to noon, so that the day is the same in almost every time zone. */
const setDay = (day: string) =>
  jest
    .spyOn(cms.strapi.plugin('frontmatter').service('clock'), 'now')
    .mockReturnValue(new Date(`${day}T12:00:00Z`));

const FIRST_DAY = '2026-01-10';
const LATER_DAY = '2026-02-20';

beforeAll(async () => {
  cms = await startCms();
  admin = await loginAsAdmin(cms.strapi);
});

afterAll(() => cms.stop());

beforeEach(() => setDay(FIRST_DAY));

const PANEL = `/content-manager/collection-types/${ROADMAP}`;

/** The dates that readers get, through our route and through plain REST. */
async function readDates(slug: string) {
  const json = await cms.http.get(`/api/frontmatter/roadmaps/${slug}.json`);
  const rest = await cms.http.get(`/api/roadmaps?filters[slug]=${slug}`);
  const { datePublished, dateModified } = rest.body.data[0];
  expect(json.body.schema).toMatchObject({ datePublished, dateModified });
  return { published: datePublished, modified: dateModified };
}

/** The form of the panel, which sends back every field it loaded. */
async function loadForm(documentId: string) {
  const { body } = await admin.get(`${PANEL}/${documentId}`);
  const { relatedRoadmaps: _r, keywords: _k, tags: _t, sponsor: _s, ...form } = body.data;
  return form;
}

test('the first publication fills empty dates', async () => {
  await publishRoadmap(cms.strapi, { slug: 'first' });

  expect(await readDates('first')).toEqual({ published: FIRST_DAY, modified: FIRST_DAY });
});

test('the first publication keeps dates that are given', async () => {
  await publishRoadmap(cms.strapi, {
    slug: 'given',
    datePublished: '2023-01-05',
    dateModified: '2023-01-20',
  });

  expect(await readDates('given')).toEqual({ published: '2023-01-05', modified: '2023-01-20' });
});

describe('in the panel', () => {
  async function createAndPublish(slug: string): Promise<string> {
    const data = { ...buildRoadmap({ slug }), seo: { title: 'Before', description: 'Same' } };
    const { body, status } = await admin.post(PANEL).send(data);
    expect(status).toBe(201);
    const { documentId } = body.data;
    expect((await admin.post(`${PANEL}/${documentId}/actions/publish`).send({})).status).toBe(200);
    return documentId;
  }

  test('publishing an edit of seo.title changes only dateModified', async () => {
    const documentId = await createAndPublish('panel-edit');
    setDay(LATER_DAY);
    const form = await loadForm(documentId);
    const edited = { ...form, seo: { ...form.seo, title: 'After' } };

    const { status } = await admin.post(`${PANEL}/${documentId}/actions/publish`).send(edited);

    expect(status).toBe(200);
    expect(await readDates('panel-edit')).toEqual({ published: FIRST_DAY, modified: LATER_DAY });
    const json = await cms.http.get('/api/frontmatter/roadmaps/panel-edit.json');
    expect(json.body.seo.title).toBe('After');
  });

  test('publishing again without a change leaves the dates alone', async () => {
    const documentId = await createAndPublish('panel-no-change');
    setDay(LATER_DAY);

    await admin.post(`${PANEL}/${documentId}/actions/publish`).send(await loadForm(documentId));

    expect(await readDates('panel-no-change')).toEqual({
      published: FIRST_DAY,
      modified: FIRST_DAY,
    });
  });

  test('saving a draft leaves the dates alone, publishing it days later sets that day', async () => {
    const documentId = await createAndPublish('panel-save');
    setDay('2026-01-15');
    const form = await loadForm(documentId);
    await admin.put(`${PANEL}/${documentId}`).send({ ...form, title: 'Another title' });
    expect(await readDates('panel-save')).toEqual({ published: FIRST_DAY, modified: FIRST_DAY });
    expect((await loadForm(documentId)).dateModified).toBe(FIRST_DAY);

    setDay(LATER_DAY);
    await admin.post(`${PANEL}/${documentId}/actions/publish`).send({});

    expect(await readDates('panel-save')).toEqual({ published: FIRST_DAY, modified: LATER_DAY });
  });

  test('a stale form does not bring back an old date', async () => {
    const documentId = await createAndPublish('panel-stale');
    const stale = await loadForm(documentId);
    setDay(LATER_DAY);
    await admin
      .post(`${PANEL}/${documentId}/actions/publish`)
      .send({ ...stale, seo: { ...stale.seo, title: 'After' } });

    setDay('2026-03-30');
    await admin
      .post(`${PANEL}/${documentId}/actions/publish`)
      .send({ ...stale, seo: { title: 'After', description: 'Same' } });

    expect(await readDates('panel-stale')).toEqual({ published: FIRST_DAY, modified: LATER_DAY });
  });

  test('bulk publish dates what changed and leaves the rest alone', async () => {
    const changed = await createAndPublish('bulk-changed');
    const same = await createAndPublish('bulk-same');
    setDay(LATER_DAY);
    await admin
      .put(`${PANEL}/${changed}`)
      .send({ ...(await loadForm(changed)), description: 'A new description' });

    const { status, body } = await admin
      .post(`${PANEL}/actions/bulkPublish`)
      .send({ documentIds: [changed, same] });

    expect(status).toBe(200);
    expect(body.count).toBe(2);
    expect((await readDates('bulk-changed')).modified).toBe(LATER_DAY);
    expect((await readDates('bulk-same')).modified).toBe(FIRST_DAY);
  });

  test('the status of a published roadmap is not "modified" because its date was set', async () => {
    const documentId = await createAndPublish('panel-status');

    const { body } = await admin.get(`${PANEL}/${documentId}`);

    expect(body.data.status).toBe('published');
  });
});

describe('through plain REST', () => {
  test('PUT publishes, and dates a change', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'rest-edit' });
    const writer = await loginWithToken(cms.strapi, 'full-access');
    setDay(LATER_DAY);

    const { status, body } = await writer
      .put(`/api/roadmaps/${documentId}`)
      .send({ data: { schema: { headline: 'New' } } });

    expect(status).toBe(200);
    expect(body.data).toMatchObject({ dateModified: LATER_DAY, publishedAt: expect.any(String) });
    expect(await readDates('rest-edit')).toEqual({ published: FIRST_DAY, modified: LATER_DAY });
  });

  test('PUT of what GET returned leaves the dates alone', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'rest-same', title: 'Same' });
    const writer = await loginWithToken(cms.strapi, 'full-access');
    setDay(LATER_DAY);
    const { body } = await writer.get(`/api/roadmaps/${documentId}`);
    const { title, order, dateModified, datePublished } = body.data;

    await writer
      .put(`/api/roadmaps/${documentId}`)
      .send({ data: { title, order, dateModified, datePublished } });

    expect(await readDates('rest-same')).toEqual({ published: FIRST_DAY, modified: FIRST_DAY });
  });

  test('POST publishes and returns the requested selection', async () => {
    const writer = await loginWithToken(cms.strapi, 'full-access');

    const { status, body } = await writer
      .post('/api/roadmaps?populate=seo&fields=slug,dateModified')
      .send({ data: buildRoadmap({ slug: 'rest-post', seo: { title: 'Search' } }) });

    expect(status).toBe(201);
    expect(body.data).toEqual({
      id: expect.any(Number),
      documentId: expect.any(String),
      slug: 'rest-post',
      dateModified: FIRST_DAY,
      seo: { id: expect.any(Number), title: 'Search', description: null, ogImageUrl: null },
    });
  });

  test('PUT of a missing document is answered 404', async () => {
    const writer = await loginWithToken(cms.strapi, 'full-access');

    const { status } = await writer.put('/api/roadmaps/nobody').send({ data: { title: 'X' } });

    expect(status).toBe(404);
  });
});

describe('through the Document Service', () => {
  test.each([
    ['a title', { title: 'Changed' }, LATER_DAY],
    ['the body', { body: 'Changed' }, LATER_DAY],
    ['a related question', { relatedQuestions: [{ question: 'Why?' }] }, LATER_DAY],
    ['white space', { description: ' A path  from the first step\nto the last ' }, FIRST_DAY],
    ['a paragraph of the note', { note: 'One\n\ntwo' }, LATER_DAY],
    ['the order', { order: 4711 }, FIRST_DAY],
    ['a flag', { isNew: true }, FIRST_DAY],
    ['the sitemap', { sitemap: { priority: 0.5 } }, FIRST_DAY],
  ])('a change of %s is dated as the shape declares', async (what, data, expected) => {
    const slug = what.replaceAll(' ', '-');
    const documentId = await publishRoadmap(cms.strapi, { slug });
    setDay(LATER_DAY);

    await cms.strapi.documents(ROADMAP).update({ documentId, data });
    await cms.strapi.documents(ROADMAP).publish({ documentId });

    expect((await readDates(slug)).modified).toBe(expected);
  });

  test('keywords, tags and a sponsor do not count', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'extras' });
    const keyword = await cms.strapi.documents('api::keyword.keyword').create({
      data: { name: 'a phrase' },
    });
    const tag = await cms.strapi.documents('api::tag.tag').create({ data: { name: 'a-tag' } });
    const sponsor = await cms.strapi
      .documents('api::sponsor.sponsor')
      .create({ data: { name: 'Ad', url: 'https://example.org' } });
    setDay(LATER_DAY);

    await cms.strapi.documents(ROADMAP).update({
      documentId,
      data: {
        keywords: [keyword.documentId],
        tags: [tag.documentId],
        sponsor: sponsor.documentId,
      },
      status: 'published',
    });

    expect((await readDates('extras')).modified).toBe(FIRST_DAY);
  });

  test('adding a related roadmap counts, renaming or unpublishing one does not', async () => {
    const target = await publishRoadmap(cms.strapi, { slug: 'target' });
    const documentId = await publishRoadmap(cms.strapi, { slug: 'linking' });
    const documents = cms.strapi.documents(ROADMAP);
    setDay(LATER_DAY);
    await documents.update({
      documentId,
      data: { relatedRoadmaps: [target] },
      status: 'published',
    });
    expect((await readDates('linking')).modified).toBe(LATER_DAY);

    setDay('2026-03-30');
    await documents.update({ documentId: target, data: { slug: 'renamed' }, status: 'published' });
    await documents.publish({ documentId });
    expect((await readDates('linking')).modified).toBe(LATER_DAY);

    await documents.unpublish({ documentId: target });
    await documents.publish({ documentId });
    expect((await readDates('linking')).modified).toBe(LATER_DAY);
  });

  test('a minor edit keeps the date once', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'minor' });
    const documents = cms.strapi.documents(ROADMAP);
    setDay(LATER_DAY);
    await documents.update({
      documentId,
      data: { title: 'Typo fixed', minorEdit: true },
      status: 'published',
    });
    expect((await readDates('minor')).modified).toBe(FIRST_DAY);

    await documents.update({ documentId, data: { title: 'Rewritten' }, status: 'published' });
    expect((await readDates('minor')).modified).toBe(LATER_DAY);
  });

  test('a date set by hand is used once', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'by-hand' });
    const documents = cms.strapi.documents(ROADMAP);

    const published = await documents.update({
      documentId,
      data: { dateOverride: '2026-12-24' },
      status: 'published',
    });

    expect(published).toMatchObject({ dateModified: '2026-12-24', dateOverride: null });
    const draft = await documents.findOne({ documentId, status: 'draft' });
    expect(draft).toMatchObject({ dateModified: '2026-12-24', dateOverride: null });
  });
});

test('a clone begins without dates', async () => {
  const original = await publishRoadmap(cms.strapi, { slug: 'original', title: 'Original' });
  setDay(LATER_DAY);

  const { body, status } = await admin
    .post(`${PANEL}/clone/${original}`)
    .send({ slug: 'copy', title: 'Copy' });
  expect([status, body.data.dateModified, body.data.datePublished]).toEqual([200, null, null]);
  await admin.post(`${PANEL}/${body.data.documentId}/actions/publish`).send({});

  expect(await readDates('copy')).toEqual({ published: LATER_DAY, modified: LATER_DAY });
  expect(await readDates('original')).toEqual({ published: FIRST_DAY, modified: FIRST_DAY });
});

test('a clone begins without the manual date and the minor edit of its original', async () => {
  const original = await publishRoadmap(cms.strapi, { slug: 'in-work' });
  const inWork = { title: 'In work', dateOverride: '2026-12-24', minorEdit: true };
  await cms.strapi.documents(ROADMAP).update({ documentId: original, data: inWork });
  setDay(LATER_DAY);

  // The panel's form for a duplicate contains what the form of its original does.
  const { body, status } = await admin
    .post(`${PANEL}/clone/${original}`)
    .send({ slug: 'by-panel', ...inWork });
  expect(status).toBe(200);
  const byCode = await cloneRoadmap(cms.strapi, original, { slug: 'by-code' });

  for (const documentId of [body.data.documentId, byCode]) {
    const copy = await cms.strapi.documents(ROADMAP).findOne({ documentId });
    expect(copy).toMatchObject({ title: 'In work', dateOverride: null, minorEdit: null });
    await cms.strapi.documents(ROADMAP).publish({ documentId });
    expect(await readDates(String(copy?.slug))).toEqual({
      published: LATER_DAY,
      modified: LATER_DAY,
    });
  }
  expect(await cms.strapi.documents(ROADMAP).findOne({ documentId: original })).toMatchObject(
    inWork
  );
});

test('the parameters of a call are not changed, so it can be repeated', async () => {
  const documentId = await publishRoadmap(cms.strapi, { slug: 'twice' });
  const call = Object.freeze({
    documentId,
    data: { title: 'Again' },
    status: 'published' as const,
  });

  const first = await cms.strapi.documents(ROADMAP).update(call);
  const second = await cms.strapi.documents(ROADMAP).update(call);

  expect(first?.publishedAt).toEqual(expect.anything());
  expect(second?.publishedAt).toEqual(expect.anything());
});

describe('below the Document Service', () => {
  const rows = () => cms.strapi.db.query(ROADMAP);

  test('an update of the published row is dated once', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'query-edit' });
    setDay(LATER_DAY);
    const dated = jest.spyOn(rows(), 'updateMany');

    await rows().update({
      where: { documentId, publishedAt: { $notNull: true } },
      data: { title: 'Changed below' },
    });

    expect((await readDates('query-edit')).modified).toBe(LATER_DAY);
    expect(dated).toHaveBeenCalledTimes(1);
    dated.mockRestore();
  });

  test('an update that changes nothing readers see leaves the date alone', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'query-order' });
    setDay(LATER_DAY);

    await rows().update({
      where: { documentId, publishedAt: { $notNull: true } },
      data: { order: 99 },
    });

    expect((await readDates('query-order')).modified).toBe(FIRST_DAY);
  });

  test('a condition that matches both versions changes and dates one row', async () => {
    await publishRoadmap(cms.strapi, { slug: 'query-both' });
    setDay(LATER_DAY);

    const updated = await rows().update({
      where: { slug: 'query-both' },
      data: { title: 'One of two' },
    });

    const versions = await rows().findMany({ where: { slug: 'query-both' } });
    const dated = versions.filter(({ dateModified }) => dateModified === LATER_DAY);
    expect(versions.filter(({ title }) => title === 'One of two')).toHaveLength(1);
    expect(dated.map(({ id }) => id)).toEqual(updated.publishedAt ? [updated.id] : []);
  });

  test('an update of a draft row leaves the dates of both versions alone', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'query-draft' });
    setDay(LATER_DAY);

    await rows().update({ where: { documentId, publishedAt: null }, data: { title: 'Draft' } });

    const draft = await cms.strapi.documents(ROADMAP).findOne({ documentId, status: 'draft' });
    expect(draft).toMatchObject({ title: 'Draft', dateModified: FIRST_DAY });
    expect((await readDates('query-draft')).modified).toBe(FIRST_DAY);
  });
});
