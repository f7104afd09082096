import { loginAsAdmin, loginWithToken } from '../helpers/accounts';
import { startCms, type Cms } from '../helpers/cms';
import { findPublications, importText, PANEL } from '../helpers/frontmatter';
import { buildRoadmap, cloneRoadmap, publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import { put, roadmapText, roadmapUrl } from '../helpers/uploads';

const REST = '/api/roadmaps';

let cms: Cms;
let author: Awaited<ReturnType<typeof loginWithToken>>;
let admin: Awaited<ReturnType<typeof loginAsAdmin>>;

beforeAll(async () => {
  cms = await startCms();
  author = await loginWithToken(cms.strapi, 'full-access');
  admin = await loginAsAdmin(cms.strapi);
});

afterAll(() => cms.stop());

const draftOf = async (slug: string): Promise<string> => {
  const { documentId } = await cms.strapi
    .documents(ROADMAP)
    .create({ data: buildRoadmap({ slug }) as never });
  return documentId;
};

const update = (documentId: string, data: object) =>
  cms.strapi.documents(ROADMAP).update({ documentId, data });

const publish = (documentId: string) => cms.strapi.documents(ROADMAP).publish({ documentId });

const titleOf = async (slug: string) => (await cms.http.get(roadmapUrl(`${slug}.json`))).body.title;

describe.each(['tea.json', 'tea.YAML', 'tea.md', 'tea.Zip'])('the slug %s', (slug) => {
  const rule = /none of \.json, \.yaml, \.md, \.zip at the end/;

  test('is rejected by every way into the CMS, and the document tea stays', async () => {
    if ((await titleOf('tea')) === undefined) {
      await publishRoadmap(cms.strapi, { slug: 'tea', title: 'Tea' });
    }
    const tea = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug: 'tea' } });
    const data = buildRoadmap({ slug });
    const answers = {
      panel: await admin.post(PANEL).send(data),
      edit: await admin.put(`${PANEL}/${tea?.documentId}`).send({ slug }),
      rest: await author.post(REST).send({ data }),
      put: await put(author, `${slug}.md`, roadmapText()),
    };

    for (const [way, { status, text }] of Object.entries(answers)) {
      expect([way, status, text]).toEqual([way, 400, expect.stringMatching(rule)]);
    }
    expect(await importText(cms.strapi, slug, roadmapText())).toMatchObject({
      action: 'invalid',
      issues: [{ code: 'invalid-slug', message: expect.stringMatching(rule) }],
    });
    await expect(cloneRoadmap(cms.strapi, String(tea?.documentId), { slug })).rejects.toThrow(rule);
    const rows = cms.strapi.db.query(ROADMAP);
    await expect(rows.create({ data })).rejects.toThrow(rule);
    await expect(rows.createMany({ data: [data] })).rejects.toThrow(rule);
    await expect(rows.updateMany({ where: { slug: 'tea' }, data: { slug } })).rejects.toThrow(rule);
    expect(await rows.count({ where: { slug } })).toBe(0);
    expect(await titleOf('tea')).toBe('Tea');
  });
});

describe('a slug that differs only by case', () => {
  test('is rejected at publishing, which names the other document', async () => {
    const other = await publishRoadmap(cms.strapi, { slug: 'Green_tea' });
    const documentId = await draftOf('green_Tea');

    const { status, body } = await admin.post(`${PANEL}/${documentId}/actions/publish`).send({});

    expect(status).toBe(400);
    expect(body.error.details.errors).toMatchObject([
      {
        path: ['slug'],
        message: `another document (${other}) has the slug 'Green_tea', which differs only by case: choose another one`,
      },
    ]);
    expect(await importText(cms.strapi, 'GREEN_TEA', roadmapText())).toMatchObject({
      action: 'invalid',
      issues: [{ code: 'not-saved', message: expect.stringContaining(other) }],
    });
    expect((await put(author, 'GREEN_tea', roadmapText())).status).toBe(422);
    await publish(await draftOf('greenXtea')); // an underscore is not a wildcard
  });

  test('may be the previous slug of the same document', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'Red-tea', title: 'Red' });
    await update(documentId, { slug: 'red-tea' });
    await publish(documentId);

    expect(await titleOf('red-tea')).toBe('Red');
  });
});

describe('a slug that another document has', () => {
  test.each([
    ['a draft', (slug: string) => draftOf(slug)],
    [
      'an unpublished document',
      async (slug: string) => {
        const documentId = await publishRoadmap(cms.strapi, { slug });
        await cms.strapi.documents(ROADMAP).unpublish({ documentId });
        return documentId;
      },
    ],
    ['a published document', (slug: string) => publishRoadmap(cms.strapi, { slug })],
  ])('is rejected when saving, which names the holder: %s', async (name, hold) => {
    const slug = name.replaceAll(' ', '-');
    const holder = await hold(slug);
    const history = await findPublications(cms.strapi, { slug });
    const documentId = await draftOf(`other-than-${slug}`);
    const message = `another document (${holder}) has the slug '${slug}': choose another one, or change that one first`;

    const { status, body } = await admin.put(`${PANEL}/${documentId}`).send({ slug });

    expect([status, body.error.details.errors]).toMatchObject([400, [{ path: ['slug'], message }]]);
    await expect(draftOf(slug)).rejects.toThrow(message);
    await expect(publishRoadmap(cms.strapi, { slug })).rejects.toThrow(message);
    await expect(cloneRoadmap(cms.strapi, holder, {})).rejects.toThrow(message);
    await update(holder, { slug, title: 'The holder may keep it' });
    expect(await findPublications(cms.strapi, { slug })).toEqual(history);
  });

  test('is free once the holder has another one', async () => {
    const holder = await draftOf('moved');
    await update(holder, { slug: 'moved-on' });

    expect(await draftOf('moved')).toEqual(expect.any(String));
  });

  test('two files may swap their contents in one import', async () => {
    const said = (title: string) => roadmapText({ title: `'${title}'` });
    await importText(cms.strapi, 'swap-a', said('A'));
    await importText(cms.strapi, 'swap-b', said('B'));

    const again = [
      await importText(cms.strapi, 'swap-a', said('B')),
      await importText(cms.strapi, 'swap-b', said('A')),
    ];

    expect(again).toMatchObject([{ action: 'updated' }, { action: 'updated' }]);
    expect([await titleOf('swap-a'), await titleOf('swap-b')]).toEqual(['B', 'A']);
  });
});
