import fc from 'fast-check';
import { startCms, type Cms } from '../helpers/cms';
import { atDepth } from '../helpers/depth';
import { importText, setDay } from '../helpers/frontmatter';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';

const SEED = Number(process.env.FC_SEED ?? 20_260);
const OPERATIONS = atDepth({ short: 70, full: 200 });
const FIRST_DAY = Date.UTC(2023, 11, 1); // before a leap day and two turns of the year
const DAY_MS = 24 * 60 * 60 * 1000;

/** The parts of a roadmap that move its date; tags and keywords do not. */
interface Content {
  title: string;
  body: string;
  links: boolean;
}

/** The state that a roadmap should have by the rules. */
interface Model {
  documentId: string;
  slug: string;
  draft: Content;
  /** Content and dates of the last publication that a write to this document made. */
  last: { content: Content; modified: string; published: string };
  isPublished: boolean;
}

let cms: Cms;
let keyword: string;
let sponsor: string;
let target: string;
let models: Model[];
let day = FIRST_DAY;

const today = (): string => new Date(day).toISOString().slice(0, 'YYYY-MM-DD'.length);
const roadmaps = () => cms.strapi.documents(ROADMAP);

beforeAll(async () => {
  cms = await startCms();
  setDay(cms.strapi, today());
  const create = (uid: 'api::keyword.keyword' | 'api::sponsor.sponsor', data: object) =>
    cms.strapi.documents(uid).create({ data: data as never });
  keyword = (await create('api::keyword.keyword', { name: 'tea' })).documentId;
  sponsor = (await create('api::sponsor.sponsor', { name: 'Ad', url: 'https://example.org' }))
    .documentId;
  target = await publishRoadmap(cms.strapi, { slug: 'target' });
  models = [];
  for (const slug of ['one', 'two', 'three']) {
    const content = { title: 'A', body: 'A', links: false };
    const documentId = await publishRoadmap(cms.strapi, {
      ...attributesOf(content),
      slug,
      keywords: [keyword],
      sponsor,
    });
    const last = { content, modified: today(), published: today() };
    models.push({ documentId, slug, draft: content, last, isPublished: true });
  }
});

afterAll(() => cms.stop());

const attributesOf = ({ title, body, links }: Content) => ({
  title,
  body,
  relatedRoadmaps: links ? [target] : [],
});

const isSame = (one: Content, other: Content): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** Applies the rule of the dates to a model that is published. */
function notePublication(model: Model, { minor = false, override = '' } = {}): void {
  const isChanged = !isSame(model.draft, model.last.content);
  const moved = isChanged && !minor ? today() : model.last.modified;
  model.last = { ...model.last, content: model.draft, modified: override || moved };
  model.isPublished = true;
}

async function save(model: Model, change: Partial<Content>, more: object = {}): Promise<void> {
  model.draft = { ...model.draft, ...change };
  const data = { ...attributesOf(model.draft), ...more };
  await roadmaps().update({ documentId: model.documentId, data: data as never });
}

const publish = (model: Model) => roadmaps().publish({ documentId: model.documentId });

const operations: Record<string, (model: Model, letter: string) => Promise<void>> = {
  editTitle: (model, title) => save(model, { title }),
  editBody: (model, body) => save(model, { body }),
  toggleLink: (model) => save(model, { links: !model.draft.links }),
  saveNothing: (model) => save(model, {}),
  revert: (model) => save(model, model.last.content),
  editTags: (model, letter) => save(model, {}, { order: letter.charCodeAt(0), isNew: true }),
  async publish(model) {
    await publish(model);
    notePublication(model);
  },
  async editAndPublish(model, title) {
    model.draft = { ...model.draft, title };
    await roadmaps().update({
      documentId: model.documentId,
      data: { title },
      status: 'published',
    });
    notePublication(model);
  },
  async minorEdit(model, title) {
    await save(model, { title }, { minorEdit: true });
    await publish(model);
    notePublication(model, { minor: true });
  },
  async setByHand(model) {
    const override = today();
    await save(model, {}, { dateOverride: override });
    await publish(model);
    notePublication(model, { override });
  },
  async unpublish(model) {
    await roadmaps().unpublish({ documentId: model.documentId });
    model.isPublished = false;
  },
  async discard(model) {
    if (!model.isPublished) return;
    await roadmaps().discardDraft({ documentId: model.documentId });
    model.draft = model.last.content;
  },
  async renameKeyword() {
    const data = { name: `tea of ${today()}` };
    await cms.strapi.documents('api::keyword.keyword').update({ documentId: keyword, data });
  },
  async editSponsor() {
    const data = { title: `Ad of ${today()}` };
    await cms.strapi.documents('api::sponsor.sponsor').update({ documentId: sponsor, data });
  },
  async renameTarget() {
    const slug = `target-${today()}`;
    await roadmaps().update({ documentId: target, data: { slug }, status: 'published' });
  },
  async unpublishTarget() {
    await roadmaps().unpublish({ documentId: target });
  },
  async publishTarget() {
    await roadmaps().publish({ documentId: target });
  },
  async importAnew(model) {
    if (!model.isPublished || !isSame(model.draft, model.last.content)) return;
    const { text } = await cms.http.get(`/api/frontmatter/roadmaps/${model.slug}.md`);
    await importText(cms.strapi, model.slug, text);
  },
};

test(`after ${OPERATIONS} writes every date is that of the last publication that changed the text`, async () => {
  const steps = fc.tuple(
    fc.constantFrom(...Object.keys(operations)),
    fc.nat(2),
    fc.constantFrom('A', 'B', 'C'),
    fc.nat(3)
  );
  const seen = new Set<string>();

  for (const [name, index, letter, days] of fc.sample(steps, {
    seed: SEED,
    numRuns: OPERATIONS,
  })) {
    day += days * DAY_MS; // two writes may fall on one day
    setDay(cms.strapi, today());
    const model = models[index] as Model;
    await operations[name]?.(model, letter);

    for (const { slug, isPublished, last } of models) {
      const { status, body } = await cms.http.get(`/api/frontmatter/roadmaps/${slug}.json`);
      const found = isPublished ? body.schema : status;
      const expected = isPublished
        ? { datePublished: last.published, dateModified: last.modified }
        : 404;
      expect({ name, slug, found }).toEqual({ name, slug, found: expected });
    }
    seen.add(model.last.modified);
  }

  // The checks above would pass even if no date had ever moved.
  expect(seen.size).toBeGreaterThan(OPERATIONS / 20);
});
