import { loginAsAdmin, loginWithToken } from '../helpers/accounts';
import { startCms, type Cms } from '../helpers/cms';
import { findPublications, importText, PANEL, setDay } from '../helpers/frontmatter';
import { buildRoadmap, publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import { roadmapText } from '../helpers/uploads';

const SPONSOR = 'api::sponsor.sponsor';

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

/** What Strapi's panel reads to show an error at its field. */
const atField = (path: string, message: string) =>
  expect.objectContaining({ path: path.split('.'), message });

describe('a sponsor', () => {
  const sponsor = { name: 'Offer', url: 'https://example.org' };
  const window = { startsAt: '2026-05-01T10:00:00Z', endsAt: '2026-05-01T10:00:00Z' };
  const never = atField('endsAt', '"Ends at" must be later than "Starts at"');

  test('that ends before it starts is not saved, either in the panel or through REST', async () => {
    const data = { ...sponsor, ...window };
    const before = await cms.strapi.documents(SPONSOR).count({});

    const inPanel = await admin.post(`/content-manager/collection-types/${SPONSOR}`).send(data);
    const byRest = await author.post('/api/sponsors').send({ data });

    for (const { status, body } of [inPanel, byRest]) {
      expect(status).toBe(400);
      expect(body.error.details.errors).toEqual([never]);
    }
    expect(await cms.strapi.documents(SPONSOR).count({})).toBe(before);
  });

  test('is validated as a whole, even if only one field is sent', async () => {
    const { documentId } = await cms.strapi
      .documents(SPONSOR)
      .create({ data: { ...sponsor, startsAt: window.startsAt } });
    const put = (data: object) => author.put(`/api/sponsors/${documentId}`).send({ data });

    expect((await put({ endsAt: '2026-04-30T23:59:59+02:00' })).status).toBe(400);
    expect((await put({ endsAt: '2026-05-01T12:00:01+02:00' })).status).toBe(200);
    expect((await put({ startsAt: '2026-06-01T00:00:00Z' })).status).toBe(400);
    expect((await put({ startsAt: '2026-06-01T00:00:00Z', endsAt: null })).status).toBe(200);
  });

  test('may have its times as numbers, which Strapi accepts', async () => {
    const data = { ...sponsor, startsAt: 1_767_225_600_000, endsAt: '2030-01-01T00:00:00Z' };

    expect((await author.post('/api/sponsors').send({ data })).status).toBe(201);
    const wrong = { ...sponsor, startsAt: 'garbage', endsAt: '2030-01-01T00:00:00Z' };
    const { status, body } = await author.post('/api/sponsors').send({ data: wrong });
    expect([status, body.error.message]).toEqual([400, expect.stringContaining('Invalid format')]);
  });

  test('is also validated when it is duplicated', async () => {
    const { documentId } = await cms.strapi.documents(SPONSOR).create({ data: sponsor });

    const { status } = await admin
      .post(`/content-manager/collection-types/${SPONSOR}/clone/${documentId}`)
      .send({ ...sponsor, ...window });

    expect(status).toBe(400);
  });

  test('may contain only the placeholders that documents fill', async () => {
    const data = { ...sponsor, event: { label: '{briefTitle} / {title}' } };

    const { status, body } = await author.post('/api/sponsors').send({ data });

    expect(status).toBe(400);
    expect(body.error.details.errors).toEqual([
      atField('event.label', '{title} is not a known placeholder: use {briefTitle}'),
    ]);
  });
});

describe('a date', () => {
  test.each(['2026-02-30', '2026-13-01', 'tomorrow'])('%s is refused', async (dateOverride) => {
    const documentId = await publishRoadmap(cms.strapi);

    const { status, body } = await admin
      .put(`${PANEL}/${documentId}`)
      .send({ dateOverride, title: 'Never saved' });

    expect(status).toBe(400);
    expect(body.error.details.errors).toEqual([
      atField('dateOverride', "is not a calendar date: write YYYY-MM-DD, such as '2026-05-01'"),
    ]);
    const draft = await cms.strapi.documents(ROADMAP).findOne({ documentId });
    expect(draft?.title).not.toBe('Never saved');
  });

  test('set by hand before the first publication is refused, and the draft stays as it was', async () => {
    const documentId = await publishRoadmap(cms.strapi, { title: 'Before' });
    const published = (await findPublications(cms.strapi)).length;

    const { status, body } = await admin
      .post(`${PANEL}/${documentId}/actions/publish`)
      .send({ dateOverride: '2026-01-09', title: 'After' });

    expect(status).toBe(400);
    expect(body.error.details.errors).toEqual([
      atField(
        'dateOverride',
        '2026-01-09 is before 2026-01-10, the day of the first publication (datePublished)'
      ),
    ]);
    const draft = await cms.strapi.documents(ROADMAP).findOne({ documentId });
    expect(draft).toMatchObject({ title: 'Before', dateOverride: null });
    expect((await findPublications(cms.strapi)).length).toBe(published);
  });

  test('of publication after today is reported at its own field if no other date was set', async () => {
    const { documentId } = await cms.strapi
      .documents(ROADMAP)
      .create({ data: buildRoadmap({ datePublished: '2030-01-01' }) });

    const { body } = await admin.post(`${PANEL}/${documentId}/actions/publish`).send({});

    expect(body.error.details.errors).toEqual([
      atField(
        'datePublished',
        '2030-01-01 is after 2026-01-10, the day of this publication: set dateModified as well'
      ),
    ]);
  });

  test('of publication after today is reported at its own field if the draft came from a file', async () => {
    const slug = 'drafted-ahead';
    const text = roadmapText({ schema: "\n  datePublished: '2030-01-01'" });
    await importText(cms.strapi, slug, text, { draft: true });
    const draft = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug } });

    const { status, body } = await admin
      .post(`${PANEL}/${draft?.documentId}/actions/publish`)
      .send({});

    expect(status).toBe(400);
    expect(body.error.details.errors).toEqual([
      expect.objectContaining({ path: ['datePublished'] }),
    ]);
  });

  test.each([
    "dateModified: '2020-01-01'",
    "datePublished: '2022-02-02'\n  dateModified: '2020-01-01'",
  ])('of a file is kept as it is when its draft is published: %j', async (dates) => {
    const slug = `drafted-${dates.length}`;
    const text = roadmapText({ schema: `\n  ${dates}` });
    await importText(cms.strapi, slug, text, { draft: true });
    const draft = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug } });

    const { status } = await admin.post(`${PANEL}/${draft?.documentId}/actions/publish`).send({});

    expect(status).toBe(200);
  });

  test('of modification before that of publication prevents the first publication of a roadmap', async () => {
    const { documentId } = await cms.strapi.documents(ROADMAP).create({
      data: buildRoadmap({ datePublished: '2025-05-05', dateModified: '2025-05-04' }),
    });

    const { status, body } = await admin.post(`${PANEL}/${documentId}/actions/publish`).send({});

    expect(status).toBe(400);
    expect(body.error.details.errors).toEqual([
      atField(
        'dateModified',
        '2025-05-04 is before 2025-05-05, the day of the first publication (datePublished)'
      ),
    ]);
  });
});

describe('a slug', () => {
  test('that is also a route, such as lint, is refused', async () => {
    const { status, body } = await admin.post(PANEL).send(buildRoadmap({ slug: 'lint' }));

    expect(status).toBe(400);
    expect(body.error.details.errors).toEqual([
      expect.objectContaining({
        path: ['slug'],
        message: expect.stringMatching(/^'lint' is not a valid slug: use/),
      }),
    ]);
  });
});

describe('what no import would accept', () => {
  test.each([
    ['title', { title: 'a\u0007' }],
    ['keywords', { keywords: 'a\u007f' }],
    ['relatedQuestions', { relatedQuestions: [{ question: '' }] }],
    ['body', { body: 'x\n'.repeat(530_000) }],
  ])('is not published: %s', async (path, data) => {
    const { keywords: name } = data as { keywords?: string };
    const keyword =
      name && (await cms.strapi.documents('api::keyword.keyword').create({ data: { name } }));
    const documentId = await publishRoadmap(cms.strapi);
    const values = keyword ? { keywords: { connect: [{ documentId: keyword.documentId }] } } : data;
    // A form may not send this much, so it is written to the draft directly.
    if (path === 'body')
      await cms.strapi.documents(ROADMAP).update({ documentId, data: data as never });
    const before = (await findPublications(cms.strapi)).length;

    const { status, body } = await admin
      .post(`${PANEL}/${documentId}/actions/publish`)
      .send(path === 'body' ? {} : values);

    expect(status).toBe(400);
    expect(body.error.details.errors).toEqual([expect.objectContaining({ path: [path] })]);
    expect((await findPublications(cms.strapi)).length).toBe(before);
  });
});
