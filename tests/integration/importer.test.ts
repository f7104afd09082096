import { stringify } from 'yaml';
import type { Importer, ImportOptions } from '../../src/plugins/frontmatter/shared';
import { startCms, type Cms } from '../helpers/cms';
import { importText } from '../helpers/frontmatter';
import { nativeRequire } from '../helpers/native';
import { buildRoadmap, publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import { roadmapText, roadmapUrl } from '../helpers/uploads';

// Strapi recognizes its errors by `instanceof`.
const { errors } = nativeRequire('@strapi/utils') as typeof import('@strapi/utils');

let cms: Cms;
let importer: Importer;

beforeAll(async () => {
  cms = await startCms();
  importer = cms.strapi.plugin('frontmatter').service('importer');
});

afterAll(() => cms.stop());

const source = (slug: string, frontmatter: Record<string, unknown> = {}) => ({
  slug,
  frontmatter: {
    order: 1,
    briefTitle: slug,
    briefDescription: 'Brief',
    title: slug,
    description: 'Long',
    ...frontmatter,
  },
  body: '',
});

async function importAll(
  sources: { slug: string; frontmatter: object; body: string }[],
  options: Partial<ImportOptions> = {}
) {
  const results = [];
  for (const { slug, frontmatter, body } of sources) {
    const bytes = Buffer.from(`---\n${stringify(frontmatter)}---\n${body}`);
    const all = { collection: 'roadmaps', draft: false, dryRun: false, force: false, ...options };
    results.push(await importer.importFile({ slug, bytes }, all));
  }
  await importer.finish('roadmaps');
  return results;
}

const actions = async (...sources: ReturnType<typeof source>[]) =>
  (await importAll(sources)).map(({ action }) => action);

const readJson = async (slug: string) =>
  (await cms.http.get(`/api/frontmatter/roadmaps/${slug}.json`)).body;

const count = (uid: 'api::keyword.keyword' | 'api::sponsor.sponsor' | 'api::tag.tag') =>
  cms.strapi.documents(uid).count({});

describe('a sponsor', () => {
  const ad = { url: 'https://example.org/kit', title: 'Kit', event: { category: 'Click' } };

  test('is found by what it shows, even if the file has empty texts', async () => {
    const empty = { ...ad, title: 'Empty', imageUrl: '', event: { category: 'Click', action: '' } };
    await actions(source('ad-1', { sponsor: empty }), source('ad-2', { sponsor: empty }));
    const before = await count('api::sponsor.sponsor');

    expect(await actions(source('ad-1', { sponsor: empty, title: 'Changed' }))).toEqual([
      'updated',
    ]);
    expect(await actions(source('ad-2', { sponsor: empty }))).toEqual(['unchanged']);
    expect(await count('api::sponsor.sponsor')).toBe(before);
  });

  test('that has its own label is not used for a file without one', async () => {
    await cms.strapi.documents('api::sponsor.sponsor').create({
      data: { name: 'Kit', ...ad, event: { ...ad.event, label: '{briefTitle} / Kit' } },
    });

    expect(await actions(source('no-label', { sponsor: ad }))).toEqual(['created']);

    expect((await readJson('no-label')).sponsor).toEqual(ad);
    expect(await actions(source('no-label', { sponsor: ad }))).toEqual(['unchanged']);
  });

  test('that the roadmap already has is kept, even if others have the same content', async () => {
    const campaign = { ...ad, title: 'Campaign' };
    const sponsors = cms.strapi.documents('api::sponsor.sponsor');
    await sponsors.create({ data: { name: 'Last year', ...campaign, endsAt: '2020-01-01' } });
    const current = await sponsors.create({ data: { name: 'This year', ...campaign } });
    const documentId = await publishRoadmap(cms.strapi, {
      slug: 'campaign',
      sponsor: current.documentId,
    });

    await actions(source('campaign', { sponsor: campaign }));

    const roadmap = await cms.strapi
      .documents(ROADMAP)
      .findOne({ documentId, status: 'published', populate: ['sponsor'] });
    expect(roadmap?.sponsor?.name).toBe('This year');
  });
});

describe('what the CMS refuses', () => {
  /** Refuses to publish one slug, as an operator's own check would. */
  function refusePublishing(slug: string): () => void {
    let isActive = true;
    cms.strapi.documents.use(async (context, next) => {
      if (isActive && context.uid === ROADMAP && context.action === 'publish') {
        const { documentId } = context.params;
        const draft = await cms.strapi.documents(ROADMAP).findOne({ documentId });
        if (draft?.slug === slug) throw new errors.ValidationError('not on a Friday');
      }
      return next();
    });
    return () => {
      isActive = false;
    };
  }

  test('leaves an existing document completely unchanged, and the others are imported', async () => {
    await actions(source('kept', { tags: ['old'] }), source('other'));
    const stop = refusePublishing('kept');
    const tags = await count('api::tag.tag');

    const results = await importAll([
      source('kept', { title: 'New', tags: ['new'] }),
      source('other', { title: 'New' }),
    ]);
    stop();

    expect(results).toMatchObject([
      { slug: 'kept', action: 'invalid', issues: [{ code: 'not-saved' }] },
      { slug: 'other', action: 'updated' },
    ]);
    const draft = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug: 'kept' } });
    expect(draft?.title).toBe('kept');
    expect((await readJson('kept')).tags).toEqual(['old']);
    expect(await count('api::tag.tag')).toBe(tags);
  });

  test('leaves nothing of a new document', async () => {
    const stop = refusePublishing('fresh');
    const keywords = await count('api::keyword.keyword');

    const results = await importAll([source('fresh', { seo: { keywords: ['brand new'] } })]);
    stop();

    expect(results).toMatchObject([
      {
        action: 'invalid',
        issues: [{ code: 'not-saved', message: 'the CMS rejected it: not on a Friday' }],
      },
    ]);
    expect(await cms.strapi.documents(ROADMAP).count({ filters: { slug: 'fresh' } })).toBe(0);
    expect(await count('api::keyword.keyword')).toBe(keywords);
  });
});

test('a date meant for the next edit does not apply to an imported file', async () => {
  const file = (title: string) =>
    source('pending', { title, schema: { dateModified: '2022-02-02' } });
  await actions(file('One'));
  const draft = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug: 'pending' } });
  await cms.strapi
    .documents(ROADMAP)
    .update({ documentId: draft?.documentId ?? '', data: { dateOverride: '2001-01-01' } });

  await actions(file('Two'));

  expect((await readJson('pending')).schema.dateModified).toBe('2022-02-02');
  expect(await actions(file('Two'))).toEqual(['unchanged']);
});

test('a document whose rename is not published yet is found by the slug that readers know', async () => {
  const documentId = await publishRoadmap(cms.strapi, { slug: 'known' });
  await cms.strapi.documents(ROADMAP).update({ documentId, data: { slug: 'renamed-in-draft' } });

  const [result] = await importAll([source('known', { order: 77 })]);

  expect(result).toMatchObject({ action: 'updated', issues: [{ code: 'draft-only' }] });
  const documents = cms.strapi.documents(ROADMAP);
  expect(await documents.count({ filters: { slug: 'known' } })).toBe(0);
  expect(await documents.findOne({ documentId })).toMatchObject({
    slug: 'renamed-in-draft',
    order: 77,
  });
});

test.each([['first'], ['last']])(
  'of two drafts with the same slug, the published document is used, here the %s',
  async (which) => {
    const slug = `shared-${which}`;
    const documents = cms.strapi.documents(ROADMAP);
    const create = async (name: string) =>
      (await documents.create({ data: buildRoadmap({ slug: name, order: 1 }) })).documentId;
    const [first, last] = [await create(`${slug}-1`), await create(`${slug}-2`)];
    const [documentId, other] = which === 'first' ? [first, last] : [last, first];
    await documents.update({ documentId, data: { slug }, status: 'published' });
    // Drafts could share a slug before that was rejected.
    const twice = { where: { documentId: other }, data: { slug } };
    await cms.strapi.db.query(ROADMAP).updateMany(twice);

    const link = source(`to-${slug}`, { relatedRoadmaps: [slug] });
    expect(await actions(source(slug, { order: 78 }), link)).toEqual(['updated', 'created']);

    expect(await documents.findOne({ documentId })).toMatchObject({ order: 78 });
    expect(await documents.findOne({ documentId: other })).toMatchObject({ order: 1 });
    expect((await readJson(`to-${slug}`)).relatedRoadmaps).toEqual([slug]);
    const shape = cms.strapi.plugin('frontmatter').service('shapes').getByCollection('roadmaps');
    const draft = await cms.strapi.plugin('frontmatter').service('drafts').find(shape, slug);
    expect(JSON.parse(draft.json)).toMatchObject({ order: 78 });
  }
);

test('an interrupted import into an empty CMS resumes, and later ones do not begin', async () => {
  await cms.strapi.store.set({
    type: 'plugin',
    name: 'frontmatter',
    key: 'unfinished-import',
    value: 'roadmaps',
  });

  expect(await importer.beginIntoEmpty('roadmaps')).toBe(true);
  await importer.finishIntoEmpty();
  expect(await importer.beginIntoEmpty('roadmaps')).toBe(false);
});

test('a file may add links after one of its linked documents was deleted', async () => {
  const slugs = ['kept', 'doomed', 'added'];
  for (const slug of slugs) await importText(cms.strapi, slug, roadmapText());
  await importText(cms.strapi, 'linking', roadmapText({ relatedRoadmaps: '[kept, doomed]' }));
  const doomed = await cms.strapi
    .documents(ROADMAP)
    .findFirst({ filters: { slug: { $eq: 'doomed' } } });
  await cms.strapi.documents(ROADMAP).delete({ documentId: String(doomed?.documentId) });
  const read = () => cms.http.get(roadmapUrl('linking.md'));
  /** Imports what was read last, with other links. */
  const link = async (links: string) => {
    const { headers, text } = await read();
    const wanted = text.replace(/relatedRoadmaps: .*/, `relatedRoadmaps: [${links}]`);
    const options: ImportOptions = {
      collection: 'roadmaps',
      draft: false,
      dryRun: false,
      force: false,
      precondition: { ifMatch: [String(headers['etag']).slice(1, -'-md"'.length)] },
    };
    const { action } = await importer.importFile(
      { slug: 'linking', bytes: Buffer.from(wanted) },
      options
    );
    expect((await read()).text).toBe(wanted);
    return action;
  };

  expect(await link('kept, added')).toBe('updated');
  // A new document of that name is a different one; the file may name it again.
  await importText(cms.strapi, 'doomed', roadmapText());
  expect(await link('kept, doomed, added')).toBe('updated');
});
