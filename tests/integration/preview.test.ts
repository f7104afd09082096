// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import { loginAsAdmin } from '../helpers/accounts';
import { startCms, type Cms } from '../helpers/cms';
import { findPublications, importText, PANEL, setDay } from '../helpers/frontmatter';
import { buildRoadmap, publishRoadmap, ROADMAP } from '../helpers/roadmaps';

const PREVIEW = `/frontmatter/preview/${ROADMAP}`;
const NAMES = `/frontmatter/names/${ROADMAP}/keywords`;

let cms: Cms;
let admin: Awaited<ReturnType<typeof loginAsAdmin>>;

beforeAll(async () => {
  cms = await startCms();
  setDay(cms.strapi, '2026-01-10');
  admin = await loginAsAdmin(cms.strapi);
});

afterAll(() => cms.stop());

const keyword = async (name: string): Promise<string> =>
  (await cms.strapi.documents('api::keyword.keyword').create({ data: { name } })).documentId;
const draftId = async (slug: string): Promise<string> =>
  String((await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug } }))?.documentId);
const preview = async (documentId: string | undefined, values: object) =>
  (await admin.post(PREVIEW).send({ documentId, values })).body.data;
const readMd = async (slug: string) =>
  (await cms.http.get(`/api/frontmatter/roadmaps/${slug}.md`)).text;

describe('the preview shows what publishing produces', () => {
  const source = [
    '---\n# ours\norder: 7\nbriefTitle: "Tea"\nbriefDescription: x\ntitle: \'Tea\' # keep\ndescription: x',
    'seo:\n  keywords:\n    - a # first\n    - b\n    - c',
    'relatedRoadmaps: [one, not-yet, two]\ncolour: red',
    "schema:\n  datePublished: '2020-01-01'\n  dateModified: '2021-01-01'\n---\nBody\n",
  ].join('\n');
  let ids: Record<string, string>;

  beforeAll(async () => {
    ids = {};
    for (const slug of ['one', 'two', 'three']) {
      ids[slug] = await publishRoadmap(cms.strapi, { slug });
    }
    for (const name of ['a', 'b', 'c', 'd', 'e']) ids[name] = await keyword(name);
    ids['sponsor'] = (
      await cms.strapi
        .documents('api::sponsor.sponsor')
        .create({ data: { name: 'Ad', url: 'https://example.org' } })
    ).documentId;
    setDay(cms.strapi, '2026-02-20');
  });

  const connect = (name: string, position?: object) => ({
    id: 0,
    documentId: ids[name],
    ...(position && { position }),
  });

  test.each<[string, (id: (name: string) => string) => object]>([
    ['no change', () => ({ keywords: { connect: [], disconnect: [] } })],
    ['a title', () => ({ title: 'Green tea' })],
    ['a text that is emptied', () => ({ briefDescription: 'y', note: '' })],
    ['a component', () => ({ dimensions: { width: 10, height: 20 } })],
    ['a component that goes', () => ({ seo: null })],
    ['a list of components', () => ({ relatedQuestions: [{ question: 'Why?' }] })],
    ['the body', () => ({ body: 'Another\n' })],
    ['a keyword more', () => ({ keywords: { connect: [connect('d')], disconnect: [] } })],
    [
      'keywords moved and removed',
      (id) => ({
        keywords: {
          connect: [connect('e', { before: id('a') }), connect('d', { before: id('e') })],
          disconnect: [connect('b')],
        },
      }),
    ],
    [
      'links around a slug that waits',
      (id) => ({
        relatedRoadmaps: {
          connect: [connect('three', { before: id('one') })],
          disconnect: [connect('two')],
        },
      }),
    ],
    [
      'links put first and last around a slug that waits',
      () => ({
        relatedRoadmaps: {
          connect: [connect('three', { start: true }), connect('one', { end: true })],
          disconnect: [],
        },
      }),
    ],
    ['a sponsor', () => ({ sponsor: { connect: [connect('sponsor')], disconnect: [] } })],
    [
      'what nobody edits, as an old form has it',
      () => ({ title: 'Yellow tea', source: '---\ntitle: old\n---\n', relatedOrder: [] }),
    ],
    ['a minor edit', () => ({ title: 'Black tea', minorEdit: true })],
    ['a date by hand', () => ({ title: 'White tea', dateOverride: '2026-02-01' })],
    ['several at once', () => ({ title: 'Tea, again', order: 8, isNew: true, jsonUrl: '/x.json' })],
  ])('%s', async (what, build) => {
    const slug = `tea-${what.replace(/\W+/g, '-')}`;
    await importText(cms.strapi, slug, source);
    const documentId = await draftId(slug);
    const values = build((name) => String(ids[name]));
    const rows = (await findPublications(cms.strapi)).length;

    const shown = await preview(documentId, values);

    expect((await findPublications(cms.strapi)).length).toBe(rows);
    expect(shown.published).toBe(source);
    const { status } = await admin.post(`${PANEL}/${documentId}/actions/publish`).send(values);
    expect(status).toBe(200);
    expect(shown.text).toBe(await readMd(slug));
    const [latest] = (await findPublications(cms.strapi, { slug })).slice(-1);
    expect(latest).toMatchObject({ dateModified: shown.date.modified });
  });

  test('for a roadmap that was never saved', async () => {
    const values = buildRoadmap({ slug: 'new-one' });

    const shown = await preview(undefined, values);

    const { body } = await admin.post(`${PANEL}/actions/publish`).send(values);
    expect(body.error).toBeUndefined();
    expect(shown.published).toBeNull();
    expect(shown.date).toMatchObject({ modified: '2026-02-20', reason: 'first-publication' });
    expect(shown.text).toBe(await readMd('new-one'));
  });

  test('with the reason for the date', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'dated' });
    const dateOf = async (values: object) => (await preview(documentId, values)).date;

    expect((await dateOf({ title: 'New', body: 'New' })).text).toBe('changed: title, body');
    expect((await dateOf({ title: 'New', minorEdit: true })).text).toBe('minor edit: title');
    expect((await dateOf({ isNew: true })).text).toBe('nothing that moves the date has changed');
  });
});

test('findings report links, unknown keys and texts that are too long', async () => {
  await publishRoadmap(cms.strapi, { slug: 'stays' });
  await importText(
    cms.strapi,
    'finds',
    `---\norder: 1\nbriefTitle: x\nbriefDescription: x\ntitle: x\ndescription: x\nrelatedRoadmaps: [stays, nowhere]\ncolour: red\n---\n`
  );
  await importText(
    cms.strapi,
    'back',
    `---\norder: 1\nbriefTitle: x\nbriefDescription: x\ntitle: x\ndescription: x\nrelatedRoadmaps: [finds]\n---\n`
  );
  const back = await draftId('back');
  const values = {
    title: 't'.repeat(61),
    relatedRoadmaps: { connect: [{ documentId: back }], disconnect: [] },
  };

  const { findings, links, linkedBy } = await preview(await draftId('finds'), values);

  expect(
    findings.map(({ code, line }: { code: string; line: number }) => `${code} ${line}`)
  ).toEqual(['long-title 5', 'one-way-link 9', 'pending-link 9', 'unknown-key 10']);
  expect(links).toEqual([
    { slug: 'stays', state: 'published', documentId: await draftId('stays') },
    { slug: 'nowhere', state: 'pending' },
    { slug: 'back', state: 'published', documentId: back },
  ]);
  expect(linkedBy).toEqual([{ slug: 'back', documentId: back }]);
});

test('a form with a value that no file can hold gets an error', async () => {
  const { findings } = await preview(undefined, buildRoadmap({ title: 'a\u0007b' }));

  expect(findings).toEqual([
    expect.objectContaining({ severity: 'error', path: 'title', code: 'forbidden-character' }),
  ]);
});

test('a draft that cannot be published says what it lacks', async () => {
  const { findings } = await preview(undefined, { slug: 'bare', title: 'Bare' });

  expect(findings.map(({ path }: { path: string }) => path)).toEqual(
    expect.arrayContaining(['order', 'description'])
  );
});

describe('a list of keywords', () => {
  const paste = (text: unknown) => admin.post(NAMES).send({ text });

  test('is found or created, in its order', async () => {
    await keyword('known');

    const { status, body } = await paste('- fresh one\n- known\n- known\n');

    expect(status).toBe(200);
    expect(body.data.map(({ name }: { name: string }) => name)).toEqual(['fresh one', 'known']);
    expect(body.meta).toEqual({ created: 1 });
    expect((await paste('fresh one')).body.data[0].documentId).toBe(body.data[0].documentId);
  });

  test('is created once, even if several editors paste it at the same moment', async () => {
    const text = 'twin one\ntwin two\n';
    // None of them acquires the lock before all have found that the names are missing.
    const lock = cms.strapi.plugin('frontmatter').service('write-lock');
    const { run } = lock;
    const waiting: (() => void)[] = [];
    const held = jest.spyOn(lock, 'run').mockImplementation(async (task) => {
      if (held.mock.calls.length < 3) await new Promise<void>((resolve) => waiting.push(resolve));
      waiting.forEach((go) => go());
      return run(task);
    });

    const answers = await Promise.all([paste(text), paste(text), paste(text)]);
    held.mockRestore();

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const created = answers.map(({ body }) => body.meta.created);
    expect(created.toSorted()).toEqual([0, 0, 2]);
    const ids = answers.map(({ body }) =>
      body.data.map(({ documentId }: { documentId: string }) => documentId).join()
    );
    expect(new Set(ids).size).toBe(1);
    expect(answers[0]?.body.data).toHaveLength(2);
  });

  test('of 10,000 is rejected at its field, and nothing is created', async () => {
    const before = await cms.strapi.documents('api::keyword.keyword').count({});

    const { status, body } = await paste(
      Array.from({ length: 10_000 }, (_, index) => `number ${index}`).join('\n')
    );

    expect(status).toBe(400);
    expect(body.error.details.errors).toEqual([
      expect.objectContaining({
        path: ['text'],
        message: '10,000 names are too many: paste 200 at most',
      }),
    ]);
    expect(await cms.strapi.documents('api::keyword.keyword').count({})).toBe(before);
  });

  test('is not accepted for other fields', async () => {
    const { status } = await admin.post(`/frontmatter/names/${ROADMAP}/title`).send({ text: 'a' });

    expect(status).toBe(404);
  });
});

test('requests without a login are denied, and bad requests are answered with the reason', async () => {
  expect((await cms.http.post(PREVIEW).send({ values: {} })).status).toBe(401);
  expect((await admin.post(PREVIEW).send({ values: 'x' })).status).toBe(400);
  expect((await admin.post(PREVIEW).send({ documentId: 'gone', values: {} })).status).toBe(404);
  expect((await admin.post('/frontmatter/preview/api::tag.tag').send({ values: {} })).status).toBe(
    404
  );
});

test('an unchanged preview is not rendered again until something that it shows changes', async () => {
  const documentId = await publishRoadmap(cms.strapi, { slug: 'known' });
  const ask = async (known?: string) =>
    (await admin.post(PREVIEW).send({ documentId, values: {}, known })).body;
  const first = await ask();
  const again = await ask(first.meta.version);
  await cms.strapi.documents(ROADMAP).update({ documentId, data: { note: 'New' } });
  const edited = await ask(first.meta.version);
  await publishRoadmap(cms.strapi, { slug: 'another-one' });
  const published = await ask(edited.meta.version);

  expect(first.data.text).toContain('title:');
  expect(again).toEqual({ data: null, meta: { version: first.meta.version } });
  expect(edited.data.text).toContain("note: 'New'");
  expect(published.data.text).toBe(edited.data.text);
});
