import type supertest from 'supertest';
import { loginAsAdmin, loginWithToken } from '../helpers/accounts';
import { startCms, type Cms } from '../helpers/cms';
import {
  brief,
  findInconsistencies,
  importText,
  PANEL,
  publishedBy,
  setDay,
} from '../helpers/frontmatter';
import { buildRoadmap, cloneRoadmap, publishRoadmap, ROADMAP } from '../helpers/roadmaps';

let cms: Cms;
let admin: ReturnType<typeof supertest.agent>;
let a: string;
let b: string;
/** Never published. */
let draft: string;

beforeAll(async () => {
  cms = await startCms();
  admin = await loginAsAdmin(cms.strapi);
});

afterAll(() => cms.stop());

beforeEach(async () => {
  setDay(cms.strapi, '2026-01-10');
  a = await publishRoadmap(cms.strapi, { slug: 'a' });
  b = await publishRoadmap(cms.strapi, { slug: 'b' });
  const data = buildRoadmap({ slug: 'draft' });
  draft = (await roadmaps().create({ data })).documentId;
});

afterEach(async () => {
  expect(await findInconsistencies(cms.strapi)).toEqual([]);
  for (const table of ['roadmaps', 'frontmatter_references', 'frontmatter_publications']) {
    await cms.strapi.db.getConnection(table).del();
  }
});

const roadmaps = () => cms.strapi.documents(ROADMAP);
const by = async (task: () => Promise<unknown>) => (await publishedBy(cms.strapi, task)).map(brief);
const link = (documentId: string, relatedRoadmaps: string[]) =>
  roadmaps().update({ documentId, data: { relatedRoadmaps } });
const linksOf = async (slug: string) =>
  (await cms.http.get(`/api/frontmatter/roadmaps/${slug}.json`)).body.relatedRoadmaps;

/** Slugs that the panel shows in the form. */
async function draftLinksOf(documentId: string): Promise<unknown[]> {
  const path = `/content-manager/relations/${ROADMAP}/${documentId}/relatedRoadmaps?pageSize=100`;
  const { body } = await admin.get(path);
  const ids = body.results.map((entry: { documentId: string }) => entry.documentId).reverse();
  const all = await roadmaps().findMany({ limit: 100 });
  return ids.map((id: string) => all.find(({ documentId }) => documentId === id)?.slug);
}

describe('links that a draft adds, moves or removes', () => {
  let owner: string;
  let edited: string[];

  beforeEach(async () => {
    owner = await publishRoadmap(cms.strapi, { slug: 'owner', relatedRoadmaps: [a, draft, b] });
    edited = [b, a];
    await link(owner, edited);
  });

  test('are published with it', async () => {
    setDay(cms.strapi, '2026-02-20');
    expect(await linksOf('owner')).toEqual(['a', 'b']);
    await roadmaps().publish({ documentId: owner });

    expect(await linksOf('owner')).toEqual(['b', 'a']);
    const { body } = await cms.http.get('/api/frontmatter/roadmaps/owner.json');
    expect(body.schema.dateModified).toBe('2026-02-20');
  });

  test('are gone after a discard, and links to unpublished roadmaps come back too', async () => {
    setDay(cms.strapi, '2026-02-20');
    const { status } = await admin.post(`${PANEL}/${owner}/actions/discard`).send({});

    expect(status).toBe(200);
    expect(await draftLinksOf(owner)).toEqual(['a', 'draft', 'b']);
    expect(await by(() => roadmaps().publish({ documentId: owner }))).toEqual([]);
    expect(await by(() => roadmaps().publish({ documentId: draft }))).toEqual([
      'live draft published',
      'live owner reference',
    ]);
    expect(await linksOf('owner')).toEqual(['a', 'draft', 'b']);
  });

  test('stay in the draft when a target is discarded, published or unpublished', async () => {
    await link(owner, [b, draft]);
    for (const documentId of [a, b]) {
      await roadmaps().update({ documentId, data: { title: 'In work' } });
      await roadmaps().discardDraft({ documentId });
    }
    expect(await draftLinksOf(owner)).toEqual(['b', 'draft']);
    for (const documentId of [a, b, draft]) await roadmaps().publish({ documentId });
    expect(await draftLinksOf(owner)).toEqual(['b', 'draft']);
    expect(await linksOf('owner')).toEqual(['a', 'draft', 'b']);
    await roadmaps().unpublish({ documentId: b });
    await roadmaps().discardDraft({ documentId: a });
    expect(await draftLinksOf(owner)).toEqual(['b', 'draft']);

    await roadmaps().publish({ documentId: owner });

    expect(await linksOf('owner')).toEqual(['draft']);
  });
});

test('a link that exists only in the draft of a neighbor is published only with that draft', async () => {
  const owner = await publishRoadmap(cms.strapi, { slug: 'never-linked' });
  await link(owner, [a]);

  await roadmaps().publish({ documentId: a });

  const reconciler = cms.strapi.plugin('frontmatter').service('reconciler');
  expect(await reconciler.reconcile({ check: true })).toEqual([]);
  expect(await linksOf('never-linked')).toBeUndefined();
});

describe('a clone', () => {
  test('has the links of the draft, in order, including those to unpublished roadmaps', async () => {
    const owner = await publishRoadmap(cms.strapi, {
      slug: 'owner',
      relatedRoadmaps: [b, draft, a],
    });

    const { body } = await admin.post(`${PANEL}/clone/${owner}`).send({ slug: 'copy' });
    await roadmaps().publish({ documentId: body.data.documentId });
    await roadmaps().publish({ documentId: draft });

    expect(await linksOf('copy')).toEqual(['b', 'draft', 'a']);
    expect(await linksOf('owner')).toEqual(['b', 'draft', 'a']);
  });

  test('has the links that were chosen for it', async () => {
    const owner = await publishRoadmap(cms.strapi, { slug: 'owner', relatedRoadmaps: [b, a] });

    const chosen = { slug: 'copy', relatedRoadmaps: [a] };
    const documentId = await cloneRoadmap(cms.strapi, owner, chosen);
    await roadmaps().publish({ documentId });

    expect(await linksOf('copy')).toEqual(['a']);
    expect(await linksOf('owner')).toEqual(['b', 'a']);
  });

  test('is rejected without its own slug', async () => {
    const { status } = await admin.post(`${PANEL}/auto-clone/${a}`).send({});

    expect(status).toBe(400);
  });
});

test('plain REST sets, connects and disconnects', async () => {
  const writer = await loginWithToken(cms.strapi, 'full-access');
  const { body } = await writer
    .post('/api/roadmaps')
    .send({ data: buildRoadmap({ slug: 'rest', relatedRoadmaps: [b, draft] }) });
  const put = (relatedRoadmaps: unknown) =>
    writer.put(`/api/roadmaps/${body.data.documentId}`).send({ data: { relatedRoadmaps } });
  expect(await linksOf('rest')).toEqual(['b']);

  await put({ connect: [{ documentId: a, position: { before: b } }] });
  expect(await linksOf('rest')).toEqual(['a', 'b']);
  await put({ disconnect: [b] });
  expect(await linksOf('rest')).toEqual(['a']);
  await roadmaps().publish({ documentId: draft });
  expect(await linksOf('rest')).toEqual(['a', 'draft']);
  await put({ set: [draft, b] });
  expect(await linksOf('rest')).toEqual(['draft', 'b']);
  await put([]);
  expect(await linksOf('rest')).toBeUndefined();
});

describe('a slug', () => {
  const text = (slug: string, links: string[]) =>
    `---\norder: 1\nbriefTitle: x\nbriefDescription: x\ntitle: ${slug}\ndescription: x\n` +
    `relatedRoadmaps:\n${links.map((each) => `  - ${each}\n`).join('')}---\n`;

  test('that is pending becomes a link to the roadmap published under it, not to a draft', async () => {
    await roadmaps().update({ documentId: a, data: { slug: 'a-2' } });
    await roadmaps().update({ documentId: draft, data: { slug: 'a' } });

    await importText(cms.strapi, 'importing', text('importing', ['a', 'b']));

    expect(await linksOf('importing')).toEqual(['a', 'b']);
    await roadmaps().publish({ documentId: a });
    expect(await linksOf('importing')).toEqual(['a-2', 'b']);
  });

  test('of a deleted roadmap is not shown, and does not link to a new roadmap with that slug', async () => {
    const owner = await publishRoadmap(cms.strapi, { slug: 'owner', relatedRoadmaps: [a, b] });
    await roadmaps().delete({ documentId: a });
    const again = await publishRoadmap(cms.strapi, { slug: 'a' });
    expect(await linksOf('owner')).toEqual(['b']);

    await link(owner, [again, b]);
    await roadmaps().publish({ documentId: owner });

    expect(await linksOf('owner')).toEqual(['a', 'b']);
  });

  test('that is pending is removed when a file without it is imported', async () => {
    await importText(cms.strapi, 'importing', text('importing', ['nobody', 'b']));
    expect(await linksOf('importing')).toEqual(['nobody', 'b']);
    const { text: now } = await cms.http.get('/api/frontmatter/roadmaps/importing.md');

    await importText(cms.strapi, 'importing', now.replace('  - nobody\n', ''));

    expect(await linksOf('importing')).toEqual(['b']);
  });

  test('that is pending follows a link that is added first, and precedes one that is added last', async () => {
    await importText(cms.strapi, 'importing', text('importing', ['nobody', 'b', 'nowhere']));
    const writer = await loginWithToken(cms.strapi, 'full-access');
    const owner = await roadmaps().findFirst({ filters: { slug: 'importing' } });
    const connect = async (...links: object[]) => {
      const data = { relatedRoadmaps: { connect: links } };
      const { status } = await writer.put(`/api/roadmaps/${owner?.documentId}`).send({ data });
      expect(status).toBe(200);
      return linksOf('importing');
    };
    const [first, last] = [{ start: true }, { end: true }];

    expect(await connect({ documentId: b, position: first })).toEqual(['b', 'nobody', 'nowhere']);
    const both = ['a', 'nobody', 'nowhere', 'b'];
    expect(
      await connect({ documentId: a, position: first }, { documentId: b, position: last })
    ).toEqual(both);
    expect(await connect({ documentId: b, position: last })).toEqual(both);
    const draftOfB = await cms.strapi.db
      .query(ROADMAP)
      .findOne({ where: { documentId: b, publishedAt: null } });
    expect(await connect({ id: draftOfB.id, position: first })).toEqual([
      'b',
      'a',
      'nobody',
      'nowhere',
    ]);
  });
});
