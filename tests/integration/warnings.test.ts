// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import { loginAsAdmin, loginWithToken } from '../helpers/accounts';
import { startCms, type Cms } from '../helpers/cms';
import { PANEL, setDay } from '../helpers/frontmatter';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';

let cms: Cms;
let admin: Awaited<ReturnType<typeof loginAsAdmin>>;
let author: Awaited<ReturnType<typeof loginWithToken>>;

beforeAll(async () => {
  cms = await startCms();
  setDay(cms.strapi, '2026-01-10');
  admin = await loginAsAdmin(cms.strapi);
  author = await loginWithToken(cms.strapi, 'full-access');
});

afterAll(() => cms.stop());

describe('a roadmap that others link', () => {
  const linked = (slugs: string[]) => ({
    code: 'linked',
    message: `Readers no longer get this document, and these published documents linked it: ${slugs.join(', ')}`,
    slugs,
  });

  async function publishLinked(slug: string): Promise<string> {
    const target = await publishRoadmap(cms.strapi, { slug });
    for (const owner of ['second', 'first']) {
      await publishRoadmap(cms.strapi, {
        slug: `${slug}-${owner}`,
        relatedRoadmaps: [target],
      });
    }
    // A link to itself, or from a draft only, needs no warning.
    await cms.strapi.documents(ROADMAP).update({
      documentId: target,
      data: { relatedRoadmaps: [target] },
      status: 'published',
    });
    return target;
  }

  test('is unpublished in the panel', async () => {
    const documentId = await publishLinked('unpublished');

    const { status, body } = await admin.post(`${PANEL}/${documentId}/actions/unpublish`).send({});

    expect(status).toBe(200);
    expect(body.meta.warnings).toEqual([linked(['unpublished-first', 'unpublished-second'])]);
    expect(body.data.documentId).toBe(documentId);
  });

  test('is deleted through REST, which otherwise has an empty response', async () => {
    const documentId = await publishLinked('deleted');

    const { status, body } = await author.delete(`/api/roadmaps/${documentId}`);

    expect(status).toBe(200);
    expect(body).toEqual({
      data: null,
      meta: { warnings: [linked(['deleted-first', 'deleted-second'])] },
    });
  });

  test('and one that nothing links to is deleted without a warning', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'lonely' });

    expect((await author.delete(`/api/roadmaps/${documentId}`)).status).toBe(204);
  });

  test('is deleted without a warning once it is unpublished', async () => {
    const documentId = await publishLinked('draft');
    await admin.post(`${PANEL}/${documentId}/actions/unpublish`).send({});

    expect((await author.delete(`/api/roadmaps/${documentId}`)).status).toBe(204);
  });
});

describe('a date that publishing decides', () => {
  const put = (documentId: string, data: object) =>
    author.put(`/api/roadmaps/${documentId}`).send({ data });

  test('is ignored with a warning', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'dated' });

    const { status, body } = await put(documentId, { dateModified: '2020-01-01', title: 'New' });

    expect(status).toBe(200);
    expect(body.meta.warnings).toEqual([
      {
        code: 'date-ignored',
        message:
          'dateModified of a document that was published before is decided by publishing, and the sent value was ignored: set dateOverride for another date',
      },
    ]);
    const draft = await cms.strapi.documents(ROADMAP).findOne({ documentId });
    expect(draft).toMatchObject({ dateModified: '2026-01-10', title: 'New' });
  });

  test('may be sent back as it was read', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'sent-back' });

    const { status, body } = await put(documentId, {
      dateModified: '2026-01-10',
      datePublished: '2026-01-10',
      title: 'New',
    });

    expect(status).toBe(200);
    expect(body.meta).toEqual({});
  });

  test('is an ordinary field before the first publication', async () => {
    const { body } = await author
      .post('/api/roadmaps?status=draft')
      .send({ data: { slug: 'fresh', briefTitle: 'Fresh', dateModified: '2020-01-01' } });

    expect(body.meta).toEqual({});
    expect(body.data.dateModified).toBe('2020-01-01');
  });
});

test('a failed request has no warnings', async () => {
  const documentId = await publishRoadmap(cms.strapi, { slug: 'failing' });

  const { status, body } = await author
    .put(`/api/roadmaps/${documentId}`)
    .send({ data: { dateModified: '2020-01-01', order: 'first' } });

  expect(status).toBe(400);
  expect(body.meta).toBeUndefined();
});
