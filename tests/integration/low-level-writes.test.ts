import { startCms, type Cms } from '../helpers/cms';
import {
  brief,
  findInconsistencies,
  findPublications,
  publishedBy,
  setDay,
} from '../helpers/frontmatter';
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

test('an update of a published row is published, one of a draft is not', async () => {
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

test('updateMany publishes each row, even if no row matches the condition afterwards', async () => {
  for (const slug of ['many-1', 'many-2']) await publishRoadmap(cms.strapi, { slug, order: 4711 });

  const published = await by(() =>
    rows().updateMany({ where: { order: 4711 }, data: { order: 4712 } })
  );

  expect(published.sort()).toEqual(['live many-1 updated', 'live many-2 updated']);
});

test('delete and deleteMany take what they delete from readers', async () => {
  const documentId = await publishRoadmap(cms.strapi, { slug: 'gone-1' });
  for (const slug of ['gone-2', 'gone-3']) await publishRoadmap(cms.strapi, { slug, order: 815 });

  const one = await by(() => rows().delete({ where: { documentId, ...PUBLISHED } }));
  const many = await by(() => rows().deleteMany({ where: { order: 815 } }));

  expect(one).toEqual(['gone gone-1 unpublished']);
  // Their drafts were deleted too.
  expect(many.sort()).toEqual(['gone gone-2 deleted', 'gone gone-3 deleted']);
});

test('a rename of a published row renames it in the roadmaps that link to it', async () => {
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

test('a row that is created published with a future date is not modified before that date', async () => {
  await rows().create({
    data: {
      ...buildRoadmap({ slug: 'ahead', datePublished: '2999-01-01' }),
      documentId: 'ahead',
      publishedAt: new Date(),
    },
  });

  const publications = await findPublications(cms.strapi);
  expect(publications.find(({ slug }) => slug === 'ahead')).toMatchObject({
    datePublished: '2999-01-01',
    dateModified: '2999-01-01',
  });
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

test('a write in a transaction that is rolled back leaves no publication', async () => {
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

/** Queries the rows of a component, or of a type whose entries documents show. */
const shownRows = (uid: string) => cms.strapi.db.query(uid as typeof ROADMAP);

describe('a row of a component', () => {
  const seo = () => shownRows('roadmap.seo');

  async function componentIds(attribute: string, where: object): Promise<number[]> {
    const found = await rows().findMany({ where, populate: [attribute] });
    return found.flatMap((row) => row[attribute]).map(({ id }) => id);
  }

  test('that is updated is published and moves the date, one of a draft is not', async () => {
    setDay(cms.strapi, '2026-01-10');
    const documentId = await publishRoadmap(cms.strapi, { slug: 'c-1', seo: { title: 'Before' } });
    setDay(cms.strapi, '2026-02-20');
    const [published] = await componentIds('seo', { documentId, ...PUBLISHED });
    const [draft] = await componentIds('seo', { documentId, publishedAt: null });

    const written = await by(() =>
      seo().update({ where: { id: published }, data: { title: 'After' } })
    );
    const unseen = await by(() => seo().update({ where: { id: draft }, data: { title: 'Draft' } }));
    const same = await by(() =>
      seo().update({ where: { id: published }, data: { title: 'After' } })
    );

    expect([written, unseen, same]).toEqual([['live c-1 updated'], [], []]);
    const { body } = await cms.http.get('/api/frontmatter/roadmaps/c-1.json');
    expect(body).toMatchObject({
      seo: { title: 'After' },
      schema: { dateModified: '2026-02-20' },
    });
  });

  test('is also followed through updateMany, even if no row matches the condition afterwards', async () => {
    for (const slug of ['c-2', 'c-3']) {
      await publishRoadmap(cms.strapi, { slug, seo: { title: 'Many' } });
    }

    const published = await by(() =>
      seo().updateMany({ where: { title: 'Many' }, data: { title: 'More' } })
    );

    expect(published.sort()).toEqual(['live c-2 updated', 'live c-3 updated']);
  });

  test('that is deleted, alone or from a list, is gone for readers', async () => {
    const documentId = await publishRoadmap(cms.strapi, {
      slug: 'c-4',
      seo: { title: 'Gone' },
      relatedQuestions: [{ question: 'Why?' }, { question: 'How?' }],
    });
    const [why] = await componentIds('relatedQuestions', { documentId, ...PUBLISHED });
    const questions = shownRows('roadmap.related-question');

    const deleted = await by(() => seo().deleteMany({ where: { title: 'Gone' } }));
    const shorter = await by(() => questions.delete({ where: { id: why } }));
    const all = await by(() => questions.updateMany({ where: {}, data: { question: 'What?' } }));

    expect([deleted, shorter, all]).toEqual([
      ['live c-4 updated'],
      ['live c-4 updated'],
      ['live c-4 updated'],
    ]);
    const { body } = await cms.http.get('/api/frontmatter/roadmaps/c-4.json');
    expect([body.seo, body.relatedQuestions]).toEqual([undefined, ['What?']]);
  });

  test('that is created reaches readers with the write that links it', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'c-5' });
    const created = await seo().create({ data: { title: 'Linked' } });
    const __pivot = { field: 'seo', component_type: 'roadmap.seo' };

    const published = await by(() =>
      rows().update({
        where: { documentId, ...PUBLISHED },
        data: { seo: { id: created.id, __pivot } },
      })
    );

    expect(published).toEqual(['live c-5 updated']);
  });

  test('that the Document Service writes is published once, with its document', async () => {
    const lowLevelWrites = cms.strapi.plugin('frontmatter').service('low-level-writes');
    const follow = jest.spyOn(lowLevelWrites, 'followWrite');
    const documentId = await publishRoadmap(cms.strapi, { slug: 'c-6', seo: { title: 'One' } });

    const published = await by(() =>
      cms.strapi
        .documents(ROADMAP)
        .update({ documentId, data: { seo: { title: 'Two' } }, status: 'published' })
    );

    expect(published).toEqual(['live c-6 updated']);
    expect(follow.mock.calls.flatMap(([, documentIds]) => documentIds)).toEqual([]);
    follow.mockRestore();
  });

  test('leaves no publication when its transaction is rolled back', async () => {
    await publishRoadmap(cms.strapi, { slug: 'c-7', seo: { title: 'Undone' } });

    const published = await by(() =>
      cms.strapi.db
        .transaction(async () => {
          await seo().updateMany({ where: { title: 'Undone' }, data: { title: 'Lost' } });
          throw new Error('changed my mind');
        })
        .catch(() => undefined)
    );

    expect(published).toEqual([]);
  });
});

test('a row of a keyword, a sponsor or its component is published where it is shown', async () => {
  const create = async (uid: string, data: object) =>
    (await cms.strapi.documents(uid as 'api::tag.tag').create({ data: data as { name: string } }))
      .documentId;
  const sponsor = await create('api::sponsor.sponsor', {
    name: 'Ad',
    url: 'https://example.org/ad',
    event: { category: 'Click' },
  });
  const [keyword, tag] = [
    await create('api::keyword.keyword', { name: 'phrase' }),
    await create('api::tag.tag', { name: 'unshown' }),
  ];
  await publishRoadmap(cms.strapi, { slug: 'shows-1', sponsor, keywords: [keyword] });
  await publishRoadmap(cms.strapi, { slug: 'shows-2', sponsor });
  const both = ['live shows-1 reference', 'live shows-2 reference'];
  const sorted = async (task: () => Promise<unknown>) => (await by(task)).sort();

  const event = await sorted(() =>
    shownRows('roadmap.sponsor-event').updateMany({
      where: { category: 'Click' },
      data: { category: 'View' },
    })
  );
  const title = await sorted(() =>
    shownRows('api::sponsor.sponsor').update({
      where: { documentId: sponsor },
      data: { title: 'Now' },
    })
  );
  const name = await sorted(() =>
    shownRows('api::keyword.keyword').updateMany({
      where: { name: 'phrase' },
      data: { name: 'word' },
    })
  );
  const unshown = await by(() => shownRows('api::tag.tag').delete({ where: { documentId: tag } }));
  const deleted = await sorted(() =>
    shownRows('api::sponsor.sponsor').deleteMany({ where: { documentId: sponsor } })
  );

  expect([event, title, name, unshown, deleted]).toEqual([both, both, [both[0]], [], both]);
});
