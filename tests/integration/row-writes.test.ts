import { startCms, type Cms } from '../helpers/cms';
import { brief, findInconsistencies, findPublications, publishedBy } from '../helpers/frontmatter';
import { buildRoadmap, publishRoadmap, ROADMAP } from '../helpers/roadmaps';

let cms: Cms;

beforeAll(async () => {
  cms = await startCms();
});

afterAll(() => cms.stop());

const PUBLISHED = { publishedAt: { $notNull: true } };
const rows = () => cms.strapi.db.query(ROADMAP);
const by = async (task: () => Promise<unknown>) => (await publishedBy(cms.strapi, task)).map(brief);

afterEach(async () => {
  expect(await findInconsistencies(cms.strapi)).toEqual([]);
});

test('an update of a published row is published, of a draft it is not', async () => {
  const documentId = await publishRoadmap(cms.strapi, { slug: 'one' });

  const published = await by(() =>
    rows().update({ where: { documentId, ...PUBLISHED }, data: { title: 'New' } })
  );
  const draft = await by(() =>
    rows().update({ where: { documentId, publishedAt: null }, data: { title: 'Draft' } })
  );

  expect(published).toEqual(['live one updated']);
  expect(draft).toEqual([]);
});

test('an update that changes nothing writes no publication', async () => {
  const documentId = await publishRoadmap(cms.strapi, { slug: 'same', title: 'Same' });

  const published = await by(() =>
    rows().update({ where: { documentId, ...PUBLISHED }, data: { title: 'Same' } })
  );

  expect(published).toEqual([]);
});

test('updateMany publishes each row, also where the condition fits none afterwards', async () => {
  for (const slug of ['many-1', 'many-2']) await publishRoadmap(cms.strapi, { slug, order: 4711 });

  const published = await by(() =>
    rows().updateMany({ where: { order: 4711 }, data: { order: 4712 } })
  );

  expect(published.sort()).toEqual(['live many-1 updated', 'live many-2 updated']);
});

test('delete and deleteMany end what they delete', async () => {
  const documentId = await publishRoadmap(cms.strapi, { slug: 'gone-1' });
  for (const slug of ['gone-2', 'gone-3']) await publishRoadmap(cms.strapi, { slug, order: 815 });

  const one = await by(() => rows().delete({ where: { documentId, ...PUBLISHED } }));
  const many = await by(() => rows().deleteMany({ where: { order: 815 } }));

  expect(one).toEqual(['gone gone-1 unpublished']);
  // Their drafts went along.
  expect(many.sort()).toEqual(['gone gone-2 deleted', 'gone gone-3 deleted']);
});

test('a rename of a published row renames it in what links it', async () => {
  const documentId = await publishRoadmap(cms.strapi, { slug: 'target' });
  await publishRoadmap(cms.strapi, { slug: 'linking', relatedRoadmaps: [documentId] });

  const published = await by(() =>
    rows().update({ where: { documentId, ...PUBLISHED }, data: { slug: 'target-2' } })
  );

  expect(published).toEqual([
    'gone target renamed',
    'live target-2 renamed',
    'live linking reference',
  ]);
});

test('a row that is created published is published', async () => {
  const published = await by(() =>
    rows().create({
      data: { ...buildRoadmap({ slug: 'born' }), documentId: 'born', publishedAt: new Date() },
    })
  );

  expect(published).toEqual(['live born published']);
});

test('rows that are created published together are published', async () => {
  const published = await by(() =>
    rows().createMany({
      data: ['twin-1', 'twin-2'].map((slug) => ({
        ...buildRoadmap({ slug }),
        documentId: slug,
        publishedAt: new Date(),
      })),
    })
  );

  expect(published).toEqual(['live twin-1 published', 'live twin-2 published']);
});

test('a write in a transaction that is rolled back leaves none', async () => {
  const documentId = await publishRoadmap(cms.strapi, { slug: 'undone' });

  const published = await by(() =>
    cms.strapi.db
      .transaction(async () => {
        await rows().update({ where: { documentId, ...PUBLISHED }, data: { title: 'Undone' } });
        throw new Error('changed my mind');
      })
      .catch(() => undefined)
  );

  expect(published).toEqual([]);
});

test('a slug that another document has is not taken from it', async () => {
  const owner = await publishRoadmap(cms.strapi, { slug: 'owned' });
  const documentId = await publishRoadmap(cms.strapi, { slug: 'intruder' });
  const where = { documentId, ...PUBLISHED };

  const taking = await by(() => rows().update({ where, data: { slug: 'owned' } }));
  const live = await findPublications(cms.strapi, { slug: 'owned', isCurrent: true });
  const leaving = await by(() => rows().update({ where, data: { slug: 'intruder' } }));

  expect(taking).toEqual(['gone intruder renamed']);
  expect(live).toMatchObject([{ state: 'live', documentId: owner }]);
  expect(leaving).toEqual(['live intruder published']);
});
