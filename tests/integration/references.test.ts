import { startCms, type Cms } from '../helpers/cms';
import {
  brief,
  findInconsistencies,
  findPublications,
  importText,
  publishedBy,
  setDay,
} from '../helpers/frontmatter';
import { buildRoadmap, publishRoadmap, ROADMAP } from '../helpers/roadmaps';

const FIRST_DAY = '2026-01-10';
const LATER_DAY = '2026-02-20';

let cms: Cms;

beforeAll(async () => {
  cms = await startCms();
});

afterAll(() => cms.stop());

beforeEach(() => setDay(cms.strapi, FIRST_DAY));

afterEach(async () => {
  expect(await findInconsistencies(cms.strapi)).toEqual([]);
});

const roadmaps = () => cms.strapi.documents(ROADMAP);
const by = async (task: () => Promise<unknown>) => (await publishedBy(cms.strapi, task)).map(brief);
const createDraft = async (data: object) =>
  (await roadmaps().create({ data: buildRoadmap({ ...data }) })).documentId;
const edit = (documentId: string, data: object) =>
  roadmaps().update({ documentId, data, status: 'published' });
const readJson = async (slug: string) =>
  (await cms.http.get(`/api/frontmatter/roadmaps/${slug}.json`)).body;
const linksOf = async (slug: string) => (await readJson(slug)).relatedRoadmaps;
const modifiedOf = async (slug: string) => (await readJson(slug)).schema?.dateModified;
const idOf = async (slug: string) =>
  String((await roadmaps().findFirst({ filters: { slug: { $eq: slug } } }))?.documentId);

const file = (slug: string, links: string[] = [], extra = '') =>
  [
    `---\norder: 1\nbriefTitle: ${slug}\nbriefDescription: x\ntitle: ${slug}\ndescription: x`,
    "schema:\n  datePublished: '2020-01-01'\n  dateModified: '2021-01-01'",
    ...(links.length > 0 ? ['relatedRoadmaps:', ...links.map((link) => `  - ${link} # kept`)] : []),
    `${extra}---\n`,
  ].join('\n');

describe('a link to a roadmap', () => {
  test('is shown while the target is published, under its current slug, and moves no date', async () => {
    const target = await createDraft({ slug: 't-1' });
    const last = await publishRoadmap(cms.strapi, { slug: 't-1-last' });
    const owner = await publishRoadmap(cms.strapi, {
      slug: 'o-1',
      relatedRoadmaps: [target, last],
    });
    expect(await linksOf('o-1')).toEqual(['t-1-last']);
    setDay(cms.strapi, LATER_DAY);

    expect(await by(() => roadmaps().publish({ documentId: target }))).toEqual([
      'live t-1 published',
      'live o-1 reference',
    ]);
    expect(await linksOf('o-1')).toEqual(['t-1', 't-1-last']);
    expect(await by(() => edit(target, { title: 'Other' }))).toEqual(['live t-1 updated']);
    expect(await by(() => edit(target, { slug: 't-1-b' }))).toEqual([
      'gone t-1 renamed',
      'live t-1-b renamed',
      'live o-1 reference',
    ]);
    expect(await linksOf('o-1')).toEqual(['t-1-b', 't-1-last']);
    expect(await by(() => roadmaps().unpublish({ documentId: target }))).toEqual([
      'gone t-1-b unpublished',
      'live o-1 reference',
    ]);
    expect(await by(() => roadmaps().publish({ documentId: owner }))).toEqual([]);
    expect(await by(() => roadmaps().discardDraft({ documentId: owner }))).toEqual([]);
    await roadmaps().publish({ documentId: target });
    expect(await linksOf('o-1')).toEqual(['t-1-b', 't-1-last']);
    expect(await by(() => roadmaps().delete({ documentId: target }))).toEqual([
      'gone t-1-b deleted',
      'live o-1 reference',
    ]);
    await roadmaps().publish({ documentId: owner });
    expect(await linksOf('o-1')).toEqual(['t-1-last']);
    expect(await modifiedOf('o-1')).toBe(FIRST_DAY);
  });

  test('to itself follows its slug', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'self' });
    await edit(documentId, { relatedRoadmaps: [documentId] });
    expect(await linksOf('self')).toEqual(['self']);

    expect(await by(() => edit(documentId, { slug: 'self-2' }))).toEqual([
      'gone self renamed',
      'live self-2 renamed',
    ]);
    expect(await linksOf('self-2')).toEqual(['self-2']);
    await roadmaps().unpublish({ documentId });
    await roadmaps().publish({ documentId });
    expect(await linksOf('self-2')).toEqual(['self-2']);
  });

  test('that exists only in a draft is not published by publishing its target', async () => {
    const target = await publishRoadmap(cms.strapi, { slug: 't-2' });
    const owner = await publishRoadmap(cms.strapi, { slug: 'o-2' });
    await roadmaps().update({ documentId: owner, data: { relatedRoadmaps: [target] } });

    expect(await by(() => edit(target, { title: 'Other' }))).toEqual(['live t-2 updated']);
    expect(await linksOf('o-2')).toBeUndefined();
    expect(await findInconsistencies(cms.strapi)).toEqual([]);
    await roadmaps().unpublish({ documentId: target });
    await roadmaps().publish({ documentId: target });
    expect(await linksOf('o-2')).toBeUndefined();
    await roadmaps().publish({ documentId: owner });
    expect(await linksOf('o-2')).toEqual(['t-2']);
  });

  test('that is removed only in a draft follows its target until the draft is published', async () => {
    const target = await publishRoadmap(cms.strapi, { slug: 't-3' });
    const owner = await publishRoadmap(cms.strapi, { slug: 'o-3', relatedRoadmaps: [target] });
    await roadmaps().update({ documentId: owner, data: { relatedRoadmaps: [] } });

    await edit(target, { slug: 't-3-b' });
    await roadmaps().discardDraft({ documentId: target });
    expect(await linksOf('o-3')).toEqual(['t-3-b']);
    await roadmaps().publish({ documentId: owner });
    expect(await linksOf('o-3')).toBeUndefined();
  });

  test('moves the date when an author adds it or changes the order', async () => {
    const a = await publishRoadmap(cms.strapi, { slug: 't-4-a' });
    const b = await createDraft({ slug: 't-4-b' });
    const owner = await publishRoadmap(cms.strapi, { slug: 'o-4', relatedRoadmaps: [a, b] });
    setDay(cms.strapi, LATER_DAY);

    await roadmaps().publish({ documentId: b });
    expect(await modifiedOf('o-4')).toBe(FIRST_DAY);
    await edit(owner, { relatedRoadmaps: [b, a] });
    expect(await linksOf('o-4')).toEqual(['t-4-b', 't-4-a']);
    expect(await modifiedOf('o-4')).toBe(LATER_DAY);
  });
});

/** Removes all publications of slugs, as the file of a deleted document is not imported again. */
const forgetSlugs = (slugs: string[]) =>
  cms.strapi.db.getConnection('frontmatter_publications').whereIn('slug', slugs).del();

describe('a pending slug', () => {
  test('is served until such a roadmap exists, and after that while it is published', async () => {
    await importText(cms.strapi, 'o-5', file('o-5', ['t-5', 'never']));
    expect(await linksOf('o-5')).toEqual(['t-5', 'never']);
    setDay(cms.strapi, LATER_DAY);

    const target = await createDraft({ slug: 't-5' });
    expect(await linksOf('o-5')).toEqual(['never']);
    await roadmaps().publish({ documentId: target });
    expect(await linksOf('o-5')).toEqual(['t-5', 'never']);
    await roadmaps().publish({ documentId: await idOf('o-5') });
    expect(await modifiedOf('o-5')).toBe('2021-01-01');
    const { text } = await cms.http.get('/api/frontmatter/roadmaps/o-5.md');
    expect(text).toBe(file('o-5', ['t-5', 'never']));
  });

  test('that is linked while its owner is unpublished moves no date', async () => {
    await importText(cms.strapi, 'o-6', file('o-6', ['t-6']));
    const owner = await idOf('o-6');
    await roadmaps().unpublish({ documentId: owner });
    await publishRoadmap(cms.strapi, { slug: 't-6' });
    setDay(cms.strapi, LATER_DAY);

    await roadmaps().publish({ documentId: owner });

    expect(await linksOf('o-6')).toEqual(['t-6']);
    expect(await modifiedOf('o-6')).toBe('2021-01-01');
  });

  test('leads to the same result in whatever order the files are imported', async () => {
    const links: Record<string, string[]> = {
      'order-a': ['order-b', 'order-c', 'nobody'],
      'order-b': ['order-c', 'order-a'],
      'order-c': ['order-c', 'order-a'],
    };
    const orders = [
      ['order-a', 'order-b', 'order-c'],
      ['order-c', 'order-b', 'order-a'],
    ];
    for (const slugs of orders) {
      for (const slug of slugs) await importText(cms.strapi, slug, file(slug, links[slug]));
      for (const slug of slugs) {
        const { text } = await cms.http.get(`/api/frontmatter/roadmaps/${slug}.md`);
        expect(text).toBe(file(slug, links[slug]));
        expect(await importText(cms.strapi, slug, text)).toMatchObject({ action: 'unchanged' });
      }
      for (const slug of slugs) await roadmaps().delete({ documentId: await idOf(slug) });
      await forgetSlugs(slugs);
    }
  });
});

describe('what is shown by others', () => {
  test('is rendered again once wherever it is shown, when it is edited or deleted', async () => {
    const keywords = cms.strapi.documents('api::keyword.keyword');
    const tags = cms.strapi.documents('api::tag.tag');
    const sponsors = cms.strapi.documents('api::sponsor.sponsor');
    const keyword = (await keywords.create({ data: { name: 'phrase' } })).documentId;
    const tag = (await tags.create({ data: { name: 'tag-1' } })).documentId;
    const sponsor = (await sponsors.create({ data: { name: 'Ad', url: 'https://example.org' } }))
      .documentId;
    await publishRoadmap(cms.strapi, { slug: 'k-only', keywords: [keyword] });
    const all = { keywords: [keyword], tags: [tag], sponsor };
    await publishRoadmap(cms.strapi, { slug: 'k-all', ...all });
    await createDraft({ slug: 'k-draft', ...all });
    const later = await publishRoadmap(cms.strapi, { slug: 'k-later' });
    await roadmaps().update({ documentId: later, data: all });
    setDay(cms.strapi, LATER_DAY);

    const both = ['live k-all reference', 'live k-only reference'];
    const sorted = async (task: () => Promise<unknown>) => (await by(task)).sort();
    expect(
      await sorted(() => keywords.update({ documentId: keyword, data: { name: 'words' } }))
    ).toEqual(both);
    expect(await readJson('k-all')).toMatchObject({ seo: { keywords: ['words'] } });
    expect(await by(() => tags.update({ documentId: tag, data: { name: 'tag-2' } }))).toEqual([
      'live k-all reference',
    ]);
    expect(
      await by(() => tags.update({ documentId: tag, data: { description: 'Unseen' } }))
    ).toEqual([]);
    expect(
      await by(() => sponsors.update({ documentId: sponsor, data: { title: 'Now' } }))
    ).toEqual(['live k-all reference']);
    expect(await by(() => sponsors.delete({ documentId: sponsor }))).toEqual([
      'live k-all reference',
    ]);
    expect(await sorted(() => keywords.delete({ documentId: keyword }))).toEqual(both);
    expect(await by(() => tags.delete({ documentId: tag }))).toEqual(['live k-all reference']);
    expect(await modifiedOf('k-all')).toBe(FIRST_DAY);
    expect(await readJson('k-all')).not.toHaveProperty('tags');
  });

  test('changes together with what shows it, or not at all', async () => {
    const tags = cms.strapi.documents('api::tag.tag');
    const { documentId } = await tags.create({ data: { name: 'steady' } });
    await publishRoadmap(cms.strapi, { slug: 'steady', tags: [documentId] });

    const rows = await by(async () => {
      const failing = cms.strapi.db.transaction(async () => {
        await tags.update({ documentId, data: { name: 'moved' } });
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
    });

    expect(rows).toEqual([]);
    expect((await readJson('steady')).tags).toEqual(['steady']);
  });
});

test('the documents that link to a roadmap are known, even after it is gone', async () => {
  const target = await publishRoadmap(cms.strapi, { slug: 't-7' });
  const owner = await publishRoadmap(cms.strapi, { slug: 'o-7', relatedRoadmaps: [target] });
  const references = cms.strapi.plugin('frontmatter').service('references');
  const owners = async () =>
    (await references.ownersOf(ROADMAP, [target])).map(
      ({ ownerId }: { ownerId: string }) => ownerId
    );

  expect(await owners()).toEqual([owner]);
  await roadmaps().delete({ documentId: target });
  expect(await owners()).toEqual([owner]);
  await roadmaps().publish({ documentId: owner });
  expect(await owners()).toEqual([owner]);
  await roadmaps().unpublish({ documentId: owner });
  expect(await owners()).toEqual([]);
  expect(await findPublications(cms.strapi, { slug: 't-7' })).toHaveLength(2);
});
