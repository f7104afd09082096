import { startCms, type Cms } from '../helpers/cms';
import { brief, importText, publishedBy, setNow } from '../helpers/frontmatter';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';

const FILE = [
  '---\norder: 1\nbriefTitle: broken # kept\nbriefDescription: x\ntitle: x\ndescription: x',
  'seo:\n  keywords: [phrase]\ntags: [list]\nsponsor:\n  url: https://example.org/ad',
  "schema:\n  datePublished: '2020-01-01'\n  dateModified: '2021-01-01'\n---\n",
].join('\n');
const UNREADABLE = '---\ntitle: "never closed\n---\n';

/** Types of everything that a test finds or creates. */
const UIDS = [ROADMAP, 'api::keyword.keyword', 'api::tag.tag', 'api::sponsor.sponsor'] as const;

let cms: Cms;
/** Ids of what both the document with the unreadable source and another one show. */
let shown: { keywords: string[]; tags: string[]; sponsor: string };
let broken: string;

const service = (name: string) => cms.strapi.plugin('frontmatter').service(name);
const by = async (task: () => Promise<unknown>) => (await publishedBy(cms.strapi, task)).map(brief);
const readMd = async (slug: string) =>
  (await cms.http.get(`/api/frontmatter/roadmaps/${slug}.md`)).text;
const idOf = async (uid: string) =>
  String((await cms.strapi.db.query(uid as typeof ROADMAP).findOne({ where: {} })).documentId);
/** Sets sources past the CMS, as a mistake in the database would. */
const setSources = (source: string, where: object = {}) =>
  cms.strapi.db
    .getConnection('roadmaps')
    .where({ document_id: broken, ...where })
    .update({ source });

beforeAll(async () => {
  cms = await startCms();
});

afterAll(() => cms.stop());

beforeEach(async () => {
  setNow(cms.strapi, '2026-03-01T00:00:00Z');
  await importText(cms.strapi, 'broken', FILE);
  broken = await idOf(ROADMAP);
  shown = {
    keywords: [await idOf('api::keyword.keyword')],
    tags: [await idOf('api::tag.tag')],
    sponsor: await idOf('api::sponsor.sponsor'),
  };
  await publishRoadmap(cms.strapi, { slug: 'other', ...shown, relatedRoadmaps: [broken] });
  await setSources(UNREADABLE);
});

afterEach(async () => {
  expect(await readMd('broken')).toBe(FILE);
  jest.restoreAllMocks();
  for (const uid of UIDS) {
    for (const { documentId } of await cms.strapi.documents(uid).findMany()) {
      await cms.strapi.documents(uid).delete({ documentId });
    }
  }
  await cms.strapi.db.getConnection('frontmatter_publications').del();
});

test('does not keep editors from saving what the document shows, and is reported', async () => {
  const { log } = cms.strapi;
  const logged = jest.spyOn(log, 'error').mockImplementation(() => log);
  const [keyword] = shown.keywords;
  const [tag] = shown.tags;
  const updates = [
    () =>
      cms.strapi
        .documents('api::sponsor.sponsor')
        .update({ documentId: shown.sponsor, data: { title: 'Now' } }),
    () =>
      cms.strapi
        .documents('api::keyword.keyword')
        .update({ documentId: String(keyword), data: { name: 'words' } }),
    () =>
      cms.strapi
        .documents('api::tag.tag')
        .update({ documentId: String(tag), data: { name: 'row' } }),
  ];

  for (const update of updates) expect(await by(update)).toEqual(['live other reference']);

  expect(logged).toHaveBeenCalledTimes(updates.length);
  expect(logged.mock.calls[0]?.[0]).toMatch(
    /^frontmatter: 'broken' in 'roadmaps' \(document \w+\) cannot be rendered.*: The source cannot be read at line 2/
  );
});

test('does not keep editors from publishing what the document links to', async () => {
  await setSources(FILE);
  const target = await publishRoadmap(cms.strapi, { slug: 'target' });
  await cms.strapi.documents(ROADMAP).unpublish({ documentId: target });
  const data = { relatedRoadmaps: [target], minorEdit: true };
  await cms.strapi.documents(ROADMAP).update({ documentId: broken, data, status: 'published' });
  await setSources(UNREADABLE);

  expect(await by(() => cms.strapi.documents(ROADMAP).publish({ documentId: target }))).toEqual([
    'live target published',
  ]);
});

test('does not keep a window from closing', async () => {
  await cms.strapi
    .documents('api::sponsor.sponsor')
    .update({ documentId: shown.sponsor, data: { endsAt: '2026-03-10T00:00:00.000Z' } });
  setNow(cms.strapi, '2026-03-10T00:00:00Z');

  const closed = await by(() =>
    service('windows').publishCrossed(new Date('2026-03-01T00:00:00Z'))
  );

  expect(closed).toEqual(['live other window']);
});

test('does not keep other documents from being repaired at the start', async () => {
  await cms.strapi.db
    .getConnection('roadmaps')
    .where({ slug: 'other' })
    .update({ slug: 'renamed-past-the-cms' });

  expect(await by(() => service('reconciler').reconcile())).toEqual([
    'gone other renamed',
    'live renamed-past-the-cms reconciled',
  ]);
});

test('does not keep a server from starting after a change of the shape', async () => {
  const known = { type: 'plugin', name: 'frontmatter', key: 'known-keys' };
  const { roadmaps } = (await cms.strapi.store.get(known)) as { roadmaps: string[] };
  const before = roadmaps.filter((path) => path !== 'note');
  await cms.strapi.store.set({ ...known, value: { roadmaps: before } });

  expect(await by(() => service('backfill').fill())).toEqual([]);
  expect(await cms.strapi.store.get(known)).toMatchObject({ roadmaps });
});

test('is rejected when the document itself is published, and is deleted with the document', async () => {
  const refused = await by(() =>
    expect(cms.strapi.documents(ROADMAP).publish({ documentId: broken })).rejects.toThrow(
      'The source cannot be read at line 2'
    )
  );
  await cms.strapi.documents(ROADMAP).delete({ documentId: broken });
  const again = await importText(cms.strapi, 'broken', FILE, { force: true });

  expect([refused, again.action]).toEqual([[], 'created']);
});
