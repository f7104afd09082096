import type supertest from 'supertest';
import { loginAsAdmin, loginWithToken } from '../helpers/accounts';
import { startCms, type Cms } from '../helpers/cms';
import { findInconsistencies, importText, PANEL, setDay } from '../helpers/frontmatter';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';

let cms: Cms;
let admin: ReturnType<typeof supertest.agent>;

beforeAll(async () => {
  cms = await startCms();
  admin = await loginAsAdmin(cms.strapi);
});

afterAll(() => cms.stop());

beforeEach(() => setDay(cms.strapi, '2026-02-20'));

afterEach(async () => {
  expect(await findInconsistencies(cms.strapi)).toEqual([]);
});

type Values = Record<string, unknown>;
interface Form {
  documentId: string;
  values: Values;
}

const NONE = { connect: [], disconnect: [] };

/** Loads a form as the panel does: every field, and for relations only the changes. */
async function loadForm(documentId: string): Promise<Form> {
  const { body, status } = await admin.get(`${PANEL}/${documentId}`);
  if (status !== 200) throw new Error(`the panel answered ${status}`);
  const relations = { relatedRoadmaps: NONE, keywords: NONE, tags: NONE, sponsor: NONE };
  return { documentId, values: { ...body.data, ...relations } };
}

const newRoadmap = (slug: string, overrides: Values = {}): Promise<string> =>
  publishRoadmap(cms.strapi, { slug, ...overrides });

/** Saves or publishes a form, with what its author changed and the values from before. */
function send({ documentId, values }: Form, changed: Values, { publish = false, base = {} } = {}) {
  const before = Object.fromEntries(Object.keys(changed).map((name) => [name, values[name]]));
  const body = {
    ...values,
    ...changed,
    frontmatterForm: { documentId, base: { ...before, ...base } },
  };
  return publish
    ? admin.post(`${PANEL}/${documentId}/actions/publish`).send(body)
    : admin.put(`${PANEL}/${documentId}`).send(body);
}

const readMd = async (slug: string) =>
  (await cms.http.get(`/api/frontmatter/roadmaps/${slug}.md`)).text;

const draftOf = (documentId: string) =>
  cms.strapi.documents(ROADMAP).findOne({ documentId, populate: ['seo', 'keywords', 'sponsor'] });

test('changes of two editors under different keys are all kept, and the second editor is notified', async () => {
  const id = await newRoadmap('two-keys');
  const [one, two] = [await loadForm(id), await loadForm(id)];

  const first = await send(one, { title: 'From the first' });
  expect([first.status, first.body.meta.warnings]).toEqual([200, undefined]);
  const second = await send(two, { description: 'From the second' }, { publish: true });

  expect(second.status).toBe(200);
  expect(second.body.meta.warnings).toEqual([
    {
      code: 'merged',
      message: 'Saved together with what was changed meanwhile: title',
      paths: ['title'],
    },
  ]);
  const text = await readMd('two-keys');
  expect(text).toContain('From the first');
  expect(text).toContain('From the second');
});

test('the same key is a conflict with both values, and nothing is written', async () => {
  const id = await newRoadmap('one-key');
  const [one, two] = [await loadForm(id), await loadForm(id)];
  await send(one, { title: 'From the first' });
  const before = await draftOf(id);

  for (const publish of [false, true]) {
    const refused = await send(two, { title: 'From the second', note: 'N' }, { publish });

    expect(refused.status).toBe(400);
    expect(refused.body.error).toMatchObject({
      name: 'ValidationError',
      message: 'Not saved: changed by someone else meanwhile: title',
      details: {
        conflicts: [{ path: 'title', mine: 'From the second', theirs: 'From the first' }],
        errors: [{ path: ['title'] }],
      },
    });
  }
  expect(await draftOf(id)).toEqual(before);

  const kept = await send(two, { title: 'From the second' }, { base: { title: 'From the first' } });
  expect(kept.status).toBe(200);
  expect((await draftOf(id))?.title).toBe('From the second');
});

test('keys of one group are different keys', async () => {
  const id = await newRoadmap('one-group', { seo: { title: 'S', description: 'D' } });
  const [one, two] = [await loadForm(id), await loadForm(id)];
  const seo = two.values['seo'] as Values;

  await send(one, { seo: { ...(one.values['seo'] as Values), title: 'New title' } });
  const second = await send(two, { seo: { ...seo, description: 'New description' } });

  expect(second.body.meta.warnings).toMatchObject([{ paths: ['seo.title'] }]);
  expect((await draftOf(id))?.seo).toMatchObject({
    title: 'New title',
    description: 'New description',
  });
});

test('keywords that two editors added are all kept', async () => {
  const id = await newRoadmap('two-keywords');
  const [one, two] = [await loadForm(id), await loadForm(id)];
  const [a, b] = await Promise.all(
    ['two-a', 'two-b'].map((name) =>
      cms.strapi.documents('api::keyword.keyword').create({ data: { name } })
    )
  );

  await send(one, { keywords: { connect: [{ documentId: a?.documentId }], disconnect: [] } });
  const second = await send(two, {
    keywords: { connect: [{ documentId: b?.documentId }], disconnect: [] },
  });

  expect(second.status).toBe(200);
  expect((await draftOf(id))?.keywords?.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['two-a', 'two-b'])
  );
});

test('a sponsor that was replaced on both sides is a conflict', async () => {
  const sponsors = await Promise.all(
    ['old', 'new', 'other'].map((name) =>
      cms.strapi
        .documents('api::sponsor.sponsor')
        .create({ data: { name, url: `https://${name}.example` } as never })
    )
  );
  const [old, fresh, other] = sponsors.map(({ documentId }) => ({ documentId }));
  const id = await newRoadmap('two-sponsors', { sponsor: old?.documentId });
  const [one, two] = [await loadForm(id), await loadForm(id)];

  await send(one, { sponsor: { connect: [fresh], disconnect: [old] } });
  const second = { sponsor: { connect: [other], disconnect: [old] } };
  const refused = await send(two, second);

  expect(refused.body.error.details.conflicts).toEqual([
    { path: 'sponsor', mine: other?.documentId, theirs: fresh?.documentId },
  ]);
  const left = await send(two, second, { base: { sponsor: other?.documentId } });
  expect(left.status).toBe(200);
  expect((await draftOf(id))?.sponsor?.documentId).toBe(fresh?.documentId);

  const kept = await send(two, second, { base: { sponsor: fresh?.documentId } });
  expect(kept.status).toBe(200);
  expect((await draftOf(id))?.sponsor?.documentId).toBe(other?.documentId);
});

test('changes that an import or a client of plain REST made meanwhile are kept too', async () => {
  const id = await newRoadmap('with-import');
  const form = await loadForm(id);
  const text = await readMd('with-import');
  await importText(cms.strapi, 'with-import', text.replace(/^title: .*$/m, "title: 'From a file'"));

  const saved = await send(form, { description: 'From a form' }, { publish: true });

  expect(saved.body.meta.warnings).toMatchObject([{ code: 'merged' }]);
  expect(await readMd('with-import')).toContain("title: 'From a file'");
  expect(await readMd('with-import')).toContain('From a form');
});

test('an API token cannot learn the draft by sending what only forms send', async () => {
  const id = await newRoadmap('no-leak');
  await send(await loadForm(id), { title: 'Only in the draft' });
  const action = 'api::roadmap.roadmap.update';
  const token = await loginWithToken(cms.strapi, 'custom', [action]);

  const { text } = await token.put(`/api/roadmaps/${id}`).send({
    data: { title: 'From a token' },
    frontmatterForm: { documentId: id, base: { title: 'a guess' } },
  });

  expect(text).not.toContain('Only in the draft');
});

test('clients that send nothing about a form write as they always did', async () => {
  const id = await newRoadmap('as-before');
  const [one, two] = [await loadForm(id), await loadForm(id)];
  await send(one, { title: 'From the first' });

  const { status } = await admin.put(`${PANEL}/${id}`).send({ ...two.values, note: 'N' });

  expect(status).toBe(200);
  expect((await draftOf(id))?.title).toBe(two.values['title']);
});
