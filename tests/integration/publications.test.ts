import { loginAsAdmin, loginWithToken } from '../helpers/accounts';
import { startCms, type Cms } from '../helpers/cms';
import { atDepth } from '../helpers/depth';
import {
  brief,
  findInconsistencies,
  findPublications,
  PANEL,
  publishedBy,
  setDay,
} from '../helpers/frontmatter';
import { buildRoadmap, cloneRoadmap, publishRoadmap, ROADMAP } from '../helpers/roadmaps';

let cms: Cms;

beforeAll(async () => {
  cms = await startCms();
});

afterAll(() => cms.stop());

beforeEach(() => setDay(cms.strapi, '2026-01-10'));

const roadmaps = () => cms.strapi.documents(ROADMAP);
const by = async (task: () => Promise<unknown>) => (await publishedBy(cms.strapi, task)).map(brief);
const readMd = (slug: string) => cms.http.get(`/api/frontmatter/roadmaps/${slug}.md`);
const edit = (documentId: string, data: object) =>
  roadmaps().update({ documentId, data, status: 'published' });

describe('each change for readers adds one row', () => {
  test('from the first publication to the last', async () => {
    const { documentId } = await roadmaps().create({ data: buildRoadmap({ slug: 'life' }) });

    expect(await by(() => roadmaps().publish({ documentId }))).toEqual(['live life published']);
    expect(await by(() => roadmaps().publish({ documentId }))).toEqual([]);
    expect(await by(() => edit(documentId, { title: 'New' }))).toEqual(['live life updated']);
    expect(await by(() => edit(documentId, { title: 'New' }))).toEqual([]);
    expect(await by(() => edit(documentId, { slug: 'life-2' }))).toEqual([
      'gone life renamed',
      'live life-2 renamed',
    ]);
    expect(await by(() => roadmaps().unpublish({ documentId }))).toEqual([
      'gone life-2 unpublished',
    ]);
    expect(await by(() => roadmaps().unpublish({ documentId }))).toEqual([]);
    expect(await by(() => roadmaps().publish({ documentId }))).toEqual(['live life-2 published']);
    expect(await by(() => roadmaps().delete({ documentId }))).toEqual(['gone life-2 deleted']);
    expect(await findInconsistencies(cms.strapi)).toEqual([]);
  });

  test('with the changed paths and the reason for the date', async () => {
    const documentId = await publishRoadmap(cms.strapi, {
      slug: 'paths',
      seo: { title: 'Before' },
    });
    setDay(cms.strapi, '2026-02-20');

    const [row] = await publishedBy(cms.strapi, () =>
      edit(documentId, { seo: { title: 'After' }, isNew: true, body: 'More' })
    );

    expect(row).toMatchObject({
      changed: ['isNew', 'schema.dateModified', 'seo.title', 'body'],
      dateReason: 'changed',
      dateChanged: ['seo.title', 'body'],
      datePublished: '2026-01-10',
      dateModified: '2026-02-20',
      token: expect.stringMatching(/^[0-9a-f]{8}$/),
      etag: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  test('for a rename and back', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'there' });

    const rows = await by(async () => {
      await edit(documentId, { slug: 'elsewhere' });
      await edit(documentId, { slug: 'there' });
    });

    expect(rows).toEqual([
      'gone there renamed',
      'live elsewhere renamed',
      'gone elsewhere renamed',
      'live there renamed',
    ]);
    expect((await readMd('there')).status).toBe(200);
    expect((await readMd('elsewhere')).headers['location']).toBe('./there.md');
    expect(await findInconsistencies(cms.strapi)).toEqual([]);
  });

  test('for a slug that one document gives up and another takes over', async () => {
    const first = await publishRoadmap(cms.strapi, { slug: 'wanted', title: 'First' });
    const second = await publishRoadmap(cms.strapi, { slug: 'waiting', title: 'Second' });

    const rows = await by(async () => {
      await edit(first, { slug: 'former' });
      await edit(second, { slug: 'wanted' });
      await roadmaps().delete({ documentId: first });
    });

    expect(rows).toEqual([
      'gone wanted renamed',
      'live former renamed',
      'gone waiting renamed',
      'live wanted renamed',
      'gone former deleted',
    ]);
    expect((await readMd('wanted')).text).toContain("title: 'Second'");
    expect(await findInconsistencies(cms.strapi)).toEqual([]);
  });

  test('except for a draft, a discard, a clone or a keyword that nothing shows', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'quiet' });

    const rows = await by(async () => {
      await roadmaps().update({ documentId, data: { title: 'Draft', slug: 'quiet-2' } });
      await roadmaps().discardDraft({ documentId });
      const copy = await cloneRoadmap(cms.strapi, documentId, { slug: 'quiet-copy' });
      await roadmaps().delete({ documentId: copy });
      await roadmaps().create({ data: buildRoadmap() });
      const keywords = cms.strapi.documents('api::keyword.keyword');
      const keyword = await keywords.create({ data: { name: 'unused' } });
      await keywords.update({ documentId: keyword.documentId, data: { name: 'still unused' } });
      await keywords.delete({ documentId: keyword.documentId });
    });

    expect(rows).toEqual([]);
  });

  test('in the transaction of the content: a failed publish leaves none', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'whole', title: 'Whole' });

    const rows = await by(async () => {
      await expect(edit(documentId, { title: null, isNew: true })).rejects.toThrow(/title/);
      await expect(
        cms.strapi.db.transaction(async () => {
          await edit(documentId, { title: 'Rolled back' });
          await roadmaps().delete({ documentId });
          throw new Error('changed my mind');
        })
      ).rejects.toThrow('changed my mind');
    });

    expect(rows).toEqual([]);
    expect((await readMd('whole')).text).toContain("title: 'Whole'");
    expect(await findInconsistencies(cms.strapi)).toEqual([]);
  });
});

describe('readers get the row', () => {
  test('even if rendering would produce something else', async () => {
    await publishRoadmap(cms.strapi, { slug: 'served' });
    const table = cms.strapi.db.getConnection('frontmatter_publications');
    await table
      .where({ slug: 'served' })
      .update({ text: '---\nby: hand\n---\nBody\n', data: '{"by":"hand"}' });

    expect((await readMd('served')).text).toBe('---\nby: hand\n---\nBody\n');
    const { body } = await cms.http.get('/api/frontmatter/roadmaps/served');
    expect(body.data).toMatchObject({ frontmatter: { by: 'hand' }, body: 'Body\n' });
    await cms.strapi.plugin('frontmatter').service('reconciler').reconcile();
  });

  test('with an ETag and a date that change with it', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'cached' });
    const before = await readMd('cached');
    const conditions = {
      'If-None-Match': String(before.headers['etag']),
      'If-Modified-Since': String(before.headers['last-modified']),
    };
    expect(before.headers['last-modified']).toBe('Sat, 10 Jan 2026 12:00:00 GMT');
    expect((await readMd('cached').set(conditions)).status).toBe(304);

    setDay(cms.strapi, '2026-01-11');
    await edit(documentId, { isNew: true });

    const after = await readMd('cached').set(conditions);
    expect(after.status).toBe(200);
    expect(after.headers['last-modified']).toBe('Sun, 11 Jan 2026 12:00:00 GMT');
    expect(after.headers['etag']).not.toBe(before.headers['etag']);
  });

  test('no longer once it is gone', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'ends' });
    const { headers } = await readMd('ends');
    await roadmaps().unpublish({ documentId });

    const { status } = await readMd('ends').set('If-None-Match', String(headers['etag']));

    expect(status).toBe(404);
  });
});

test('publishing again after unpublishing moves the date only if the document was edited', async () => {
  const edited = await publishRoadmap(cms.strapi, { slug: 'paused', title: 'Before' });
  const same = await publishRoadmap(cms.strapi, { slug: 'paused-only', title: 'Same' });
  const text = (await readMd('paused-only')).text;
  setDay(cms.strapi, '2026-02-20');

  for (const documentId of [edited, same]) await roadmaps().unpublish({ documentId });
  await roadmaps().update({ documentId: edited, data: { title: 'After' } });
  for (const documentId of [edited, same]) await roadmaps().publish({ documentId });

  expect((await readMd('paused')).text).toContain("dateModified: '2026-02-20'");
  expect((await readMd('paused-only')).text).toBe(text);
});

test('only the newest texts of a document are kept, and always the newest one of a slug', async () => {
  cms.strapi.config.set('plugin::frontmatter.retention', 3);
  const documentId = await publishRoadmap(cms.strapi, { slug: 'kept', title: 'Title 0' });
  for (const n of [1, 2, 3]) await edit(documentId, { title: `Title ${n}` });
  await edit(documentId, { slug: 'kept-2' });
  for (const n of [4, 5, 6]) await edit(documentId, { title: `Title ${n}` });
  cms.strapi.config.set('plugin::frontmatter.retention', 50);

  const rows = await findPublications(cms.strapi, { documentId });
  const titles = rows.map(({ text }) => (text ? /^title: '(.*)'$/m.exec(text)?.[1] : null));

  expect(titles.slice(-3)).toEqual(['Title 4', 'Title 5', 'Title 6']);
  expect(titles.slice(0, -3)).toEqual(titles.slice(0, -3).map(() => null));
  for (const { state, data, text, etag, token, seq, content } of rows) {
    expect(data === null).toBe(text === null);
    expect([token, seq, content]).toEqual([
      expect.any(String),
      expect.any(Number),
      expect.anything(),
    ]);
    expect(etag === null).toBe(state === 'gone');
  }
  expect((await readMd('kept-2')).status).toBe(200);
});

describe('every way to write', () => {
  test('plain REST publishes at once', async () => {
    const writer = await loginWithToken(cms.strapi, 'full-access');
    let documentId = '';

    const rows = await by(async () => {
      const { body } = await writer
        .post('/api/roadmaps')
        .send({ data: buildRoadmap({ slug: 'rest' }) });
      documentId = body.data.documentId;
      await writer.put(`/api/roadmaps/${documentId}`).send({ data: { title: 'Again' } });
      await writer.put(`/api/roadmaps/${documentId}`).send({ data: { title: 'Again' } });
      await writer
        .put(`/api/roadmaps/${documentId}?status=draft`)
        .send({ data: { title: 'Draft' } });
      await writer.delete(`/api/roadmaps/${documentId}`);
    });

    expect(rows).toEqual(['live rest published', 'live rest updated', 'gone rest deleted']);
  });

  test('the panel, one by one and in bulk', async () => {
    const admin = await loginAsAdmin(cms.strapi);
    const create = async (slug: string) =>
      (await admin.post(PANEL).send(buildRoadmap({ slug }))).body.data.documentId;
    const one = await create('panel-1');
    const two = await create('panel-2');
    const documentIds = [one, two];
    const post = async (action: string, body: object) =>
      expect((await admin.post(`${PANEL}/${action}`).send(body)).status).toBe(200);

    expect(await by(() => post(`${one}/actions/publish`, { isNew: true }))).toEqual([
      'live panel-1 published',
    ]);
    expect(await by(() => post('actions/bulkPublish', { documentIds }))).toEqual([
      'live panel-2 published',
    ]);
    await admin.put(`${PANEL}/${one}`).send({ title: 'Draft' });
    expect(await by(() => post(`${one}/actions/discard`, {}))).toEqual([]);
    expect(await by(() => post(`${one}/actions/unpublish`, {}))).toEqual([
      'gone panel-1 unpublished',
    ]);
    expect(await by(() => post(`${one}/actions/publish`, {}))).toEqual(['live panel-1 published']);
    const unpublished = await by(() => post('actions/bulkUnpublish', { documentIds }));
    expect(unpublished.sort()).toEqual(['gone panel-1 unpublished', 'gone panel-2 unpublished']);
    await post('actions/bulkPublish', { documentIds });
    await admin.put(`${PANEL}/${one}`).send({ title: 'Thrown away' });
    expect(await by(() => post(`${one}/actions/unpublish`, { discardDraft: true }))).toEqual([
      'gone panel-1 unpublished',
    ]);
    expect(await by(() => post(`${one}/actions/publish`, {}))).toEqual(['live panel-1 published']);
    expect((await readMd('panel-1')).text).not.toContain('Thrown away');
    const made = await by(() =>
      admin.post(`${PANEL}/actions/publish`).send(buildRoadmap({ slug: 'panel-3' }))
    );
    expect(made).toEqual(['live panel-3 published']);
    const deleted = await by(() => post('actions/bulkDelete', { documentIds }));
    expect(deleted.sort()).toEqual(['gone panel-1 deleted', 'gone panel-2 deleted']);
    expect(await findInconsistencies(cms.strapi)).toEqual([]);
  });

  const crowd = atDepth({ short: 4, full: 10 });
  test(`${5 * crowd} in parallel leave no gap in the numbers, which follow the order of the commits`, async () => {
    const ids: string[] = [];
    for (let n = 0; n < crowd; n += 1) {
      ids.push(await publishRoadmap(cms.strapi, { slug: `crowd-${n}`, relatedRoadmaps: ids }));
    }
    const [newest] = (await findPublications(cms.strapi)).slice(-1);
    const writer = await loginWithToken(cms.strapi, 'full-access');
    const seen: number[] = [];

    const writes = ids.flatMap((documentId, n) => [
      () => edit(documentId, { title: `Crowd ${n}` }),
      () => edit(documentId, { slug: `crowd-${n}-b` }),
      () => (n % 2 ? roadmaps().unpublish({ documentId }) : roadmaps().publish({ documentId })),
      () => writer.post('/api/roadmaps').send({ data: buildRoadmap({ relatedRoadmaps: ids }) }),
      () => expect(edit(documentId, { title: null })).rejects.toThrow(/title/),
    ]);
    await Promise.all(
      writes.map(async (write) => {
        await write();
        const [last] = (await findPublications(cms.strapi)).slice(-1);
        seen.push(last?.seq ?? 0);
      })
    );

    const rows = await findPublications(cms.strapi, { seq: { $gt: newest?.seq ?? 0 } });
    expect(rows.length).toBeGreaterThan(4 * crowd);
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, n) => (newest?.seq ?? 0) + 1 + n));
    expect(rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).sort((a, b) => a - b));
    expect(new Set(rows.map(({ token }) => token)).size).toBe(rows.length);
    expect(await findInconsistencies(cms.strapi)).toEqual([]);
  });
});
