import fc from 'fast-check';
import { formatCursor, parseCursor } from '../../src/plugins/frontmatter/core';
import type { FindChanges } from '../../src/plugins/frontmatter/shared';
import { startCms, type Cms } from '../helpers/cms';
import { atDepth } from '../helpers/depth';
import { createFeedConsumer } from '../helpers/feed-consumer';
import { findInconsistencies, findPublications, importText } from '../helpers/frontmatter';
import { buildRoadmap, cloneRoadmap, ROADMAP } from '../helpers/roadmaps';

const SEED = Number(process.env.FC_SEED ?? 5_402);
const OPERATIONS = atDepth({ short: 50, full: 150 });
const NAMES = ['a', 'b', 'c', 'd'];

/** What the CMS should hold of a version of a roadmap; links are document ids. */
interface Version {
  slug: string;
  links: string[];
}
interface Model {
  documentId: string;
  draft: Version;
  published: Version | undefined;
}

let cms: Cms;
let models: Model[];
let sequence = 0;

beforeAll(async () => {
  cms = await startCms();
  models = [];
});

afterAll(() => cms.stop());

const roadmaps = () => cms.strapi.documents(ROADMAP);
const newSlug = () => `random-${(sequence += 1)}`;

/** Chooses an item by drawn numbers, so that a seed reproduces a failing sequence. */
type Choose = <T>(items: readonly T[]) => T | undefined;

async function findShared(uid: 'api::keyword.keyword' | 'api::tag.tag', name: string) {
  const found = await cms.strapi.documents(uid).findFirst({ filters: { name: { $eq: name } } });
  return found ?? cms.strapi.documents(uid).create({ data: { name } });
}

async function findSponsor(name: string) {
  const sponsors = cms.strapi.documents('api::sponsor.sponsor');
  const found = await sponsors.findFirst({ filters: { name: { $eq: name } } });
  return (
    found ??
    sponsors.create({
      data: { name, url: `https://example.org/${name}`, event: { label: '{briefTitle} / Ad' } },
    })
  );
}

/** Operations that apply the same step to the CMS and to the models. */
const operations: Record<string, (choose: Choose) => Promise<void>> = {
  async create(choose) {
    const slug = newSlug();
    const links = someIds(choose);
    const { documentId } = await roadmaps().create({
      data: buildRoadmap({ slug, relatedRoadmaps: links }),
    });
    models.push({ documentId, draft: { slug, links }, published: undefined });
  },
  async createPublished(choose) {
    const slug = newSlug();
    const links = someIds(choose);
    const { documentId } = await roadmaps().create({
      data: buildRoadmap({ slug, relatedRoadmaps: links }),
      status: 'published',
    });
    models.push({ documentId, draft: { slug, links }, published: { slug, links } });
  },
  async link(choose) {
    const model = choose(models);
    if (!model) return;
    const links = someIds(choose);
    await roadmaps().update({
      documentId: model.documentId,
      data: { relatedRoadmaps: links },
    });
    model.draft = { ...model.draft, links };
  },
  async edit(choose) {
    const model = choose(models);
    if (!model) return;
    const keywords = [await findShared('api::keyword.keyword', choose(NAMES) ?? 'a')];
    const tags = [await findShared('api::tag.tag', choose(NAMES) ?? 'a')];
    const sponsor = await findSponsor(choose(NAMES) ?? 'a');
    await roadmaps().update({
      documentId: model.documentId,
      data: {
        title: `Title ${(sequence += 1)}`,
        keywords: keywords.map(({ documentId }) => documentId),
        tags: tags.map(({ documentId }) => documentId),
        sponsor: sponsor.documentId,
      },
    });
  },
  async rename(choose) {
    const model = choose(models);
    if (!model) return;
    const slug = newSlug();
    await roadmaps().update({ documentId: model.documentId, data: { slug } });
    model.draft = { ...model.draft, slug };
  },
  async renameAndPublish(choose) {
    const model = choose(models);
    if (!model) return;
    const slug = newSlug();
    await roadmaps().update({
      documentId: model.documentId,
      data: { slug },
      status: 'published',
    });
    model.draft = { ...model.draft, slug };
    model.published = model.draft;
  },
  async publish(choose) {
    const model = choose(models);
    if (!model) return;
    await roadmaps().publish({ documentId: model.documentId });
    model.published = model.draft;
  },
  async unpublish(choose) {
    const model = choose(models);
    if (!model) return;
    await roadmaps().unpublish({ documentId: model.documentId });
    model.published = undefined;
  },
  async discard(choose) {
    const model = choose(models.filter(({ published }) => published));
    if (!model?.published) return;
    await roadmaps().discardDraft({ documentId: model.documentId });
    model.draft = model.published;
  },
  async delete(choose) {
    const model = choose(models);
    if (!model || models.length < 5) return;
    await roadmaps().delete({ documentId: model.documentId });
    models = models.filter((other) => other !== model);
  },
  async clone(choose) {
    const model = choose(models);
    if (!model || models.length > 20) return;
    const slug = newSlug();
    const documentId = await cloneRoadmap(cms.strapi, model.documentId, { slug });
    models.push({
      documentId,
      draft: { slug, links: model.draft.links },
      published: undefined,
    });
  },
  async editKeyword(choose) {
    const { documentId } = await findShared('api::keyword.keyword', choose(NAMES) ?? 'a');
    await cms.strapi
      .documents('api::keyword.keyword')
      .update({ documentId, data: { name: `phrase ${(sequence += 1)}` } });
  },
  async deleteTag(choose) {
    const { documentId } = await findShared('api::tag.tag', choose(NAMES) ?? 'a');
    await cms.strapi.documents('api::tag.tag').delete({ documentId });
  },
  async editSponsor(choose) {
    const { documentId } = await findSponsor(choose(NAMES) ?? 'a');
    await cms.strapi.documents('api::sponsor.sponsor').update({
      documentId,
      data: { title: `Ad ${(sequence += 1)}` },
    });
  },
  async importFile(choose) {
    const slug = newSlug();
    const links = someIds(choose);
    const slugs = links.flatMap((id) => models.find(({ documentId }) => documentId === id) ?? []);
    const text = [
      `---\norder: 1\nbriefTitle: ${slug}\nbriefDescription: x\ntitle: x # kept\ndescription: x`,
      'relatedRoadmaps:',
      ...slugs.map(({ draft }) => `  - ${draft.slug}`),
      '---\n',
    ].join('\n');
    await importText(cms.strapi, slug, slugs.length > 0 ? text : text.replace(/relatedR.*\n/, ''));
    const found = await roadmaps().findFirst({ filters: { slug: { $eq: slug } } });
    const version = { slug, links: slugs.map(({ documentId }) => documentId) };
    models.push({ documentId: String(found?.documentId), draft: version, published: version });
  },
};

/** Reads changes as the route does, but starts no server. */
async function readChanges({
  since,
  limit,
}: {
  since: string | undefined;
  limit: number;
}): Promise<FindChanges.Response> {
  const from = since === undefined ? undefined : parseCursor(since);
  const page = await cms.strapi.plugin('frontmatter').service('changes').since(from, { limit });
  const data = page.rows.map((row: { state: string }) => ({
    ...row,
    action: row.state === 'live' ? 'upsert' : 'delete',
  }));
  return { data, meta: { cursor: formatCursor(page.cursor), hasMore: page.hasMore } };
}

/** Chooses up to four different document ids, in any order. */
const someIds = (choose: Choose): string[] => [
  ...new Set(
    Array.from({ length: choose([0, 1, 2, 3, 4]) ?? 0 }, () => choose(models)?.documentId ?? '')
      .filter(Boolean)
      .reverse()
  ),
];

async function findWrongLinks(): Promise<string[]> {
  const wrong: string[] = [];
  const say = (what: string, found: unknown, expected: unknown) => {
    const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
    if (a !== b) wrong.push(`${what}: ${a} instead of ${b}`);
  };
  const live = cms.strapi.plugin('frontmatter').service('publications');
  for (const { documentId, draft, published } of models) {
    const row = await roadmaps().findOne({ documentId, populate: ['relatedRoadmaps'] });
    const existing = draft.links.filter((id) => models.some((other) => other.documentId === id));
    say(
      `draft of ${draft.slug}`,
      row?.relatedRoadmaps?.map((target) => target.documentId),
      existing
    );
    if (!published) continue;
    const slugs = published.links.flatMap(
      (id) => models.find((other) => other.documentId === id)?.published?.slug ?? []
    );
    const found = await live.findLive('roadmaps', published.slug);
    say(published.slug, JSON.parse(found?.data ?? '{}').relatedRoadmaps ?? [], slugs);
  }
  return wrong;
}

test(`after ${OPERATIONS} writes of all kinds, readers get what is published, and nothing else`, async () => {
  const names = fc.constantFrom(...Object.keys(operations));
  const steps = fc.tuple(names, fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 }));
  const drawn = fc.sample(steps, { seed: SEED, numRuns: OPERATIONS });
  const log: string[] = [];
  const consumers = [1, 7, 1000].map((limit) => createFeedConsumer(readChanges, { limit }));

  for (const [name, numbers] of drawn) {
    let next = 0;
    const choose: Choose = (items) => items[(numbers[next++ % numbers.length] ?? 0) % items.length];
    log.push(`${name} ${numbers.join()}`);
    await operations[name]?.(choose);
    const follower = consumers[(numbers[0] ?? 0) % 20];
    await follower?.poll(); // now and then, each at different moments
    const wrong = process.env.CHECK_EACH
      ? [...(await findWrongLinks()), ...(await findInconsistencies(cms.strapi))]
      : [];
    expect({ after: log.length, name, wrong }).toEqual({ after: log.length, name, wrong: [] });
  }

  const live = await findPublications(cms.strapi, { isCurrent: true, state: 'live' });
  const expected = live.map(({ slug, etag }) => `roadmaps/${slug} ${etag}`).sort();
  for (const consumer of consumers) {
    await consumer.poll();
    const held = [...consumer.documents].map(([key, { etag }]) => `${key} ${etag}`);
    expect(held.sort()).toEqual(expected);
  }
  const reconciler = cms.strapi.plugin('frontmatter').service('reconciler');
  expect(await findWrongLinks()).toEqual([]);
  expect(await findInconsistencies(cms.strapi)).toEqual([]);
  expect(await reconciler.reconcile({ check: true })).toEqual([]);
});
