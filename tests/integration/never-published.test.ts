import { startCms, type Cms } from '../helpers/cms';
import { importText } from '../helpers/frontmatter';
import { buildRoadmap, cloneRoadmap, ROADMAP } from '../helpers/roadmaps';
import { roadmapText, roadmapUrl } from '../helpers/uploads';

let cms: Cms;

beforeAll(async () => {
  cms = await startCms();
});

afterAll(() => cms.stop());

const documents = () => cms.strapi.documents(ROADMAP);

const take = (slug: string, overrides: Record<string, string> = {}, options = {}) =>
  importText(cms.strapi, slug, roadmapText(overrides), options);

/** Creates a draft with the values of the files, except for the given attributes. */
const makeDraft = (slug: string, attributes: object = {}) =>
  documents().create({
    data: buildRoadmap({
      slug,
      order: 1,
      briefTitle: 'Kites',
      briefDescription: 'Build a kite',
      title: 'Kites',
      description: 'From paper to wind',
      ...attributes,
    }),
  });

async function draftOf(slug: string) {
  const draft = await documents().findFirst({ filters: { slug } });
  if (!draft) throw new Error(`no roadmap '${slug}'`);
  return draft;
}

async function edit(slug: string, description: string): Promise<void> {
  const { documentId } = await draftOf(slug);
  await documents().update({ documentId, data: { description } as never });
}

const read = (slug: string) => cms.http.get(roadmapUrl(`${slug}.md`));

test('a draft loses nothing to a file of the same slug, and is not published by it', async () => {
  await makeDraft('made-here', { title: 'Written in the CMS', hasTopics: true });

  expect(await take('made-here')).toMatchObject({
    action: 'conflict',
    issues: [{ path: 'title', message: expect.stringContaining('the CMS "Written in the CMS"') }],
  });
  expect(await take('made-here', { title: 'Written in the CMS', isNew: 'true' })).toMatchObject({
    action: 'updated',
    issues: [{ code: 'draft-only' }],
  });
  expect(await draftOf('made-here')).toMatchObject({ hasTopics: true, isNew: true });
  expect((await read('made-here')).status).toBe(404);
});

test('a draft with its own text stays a draft, however often a file is imported', async () => {
  await makeDraft('again', { hasTopics: true });

  for (const order of ['1', '1', '2']) await take('again', { order });
  expect((await draftOf('again')).order).toBe(2);
  expect((await read('again')).status).toBe(404);
});

test('a draft accepts a file with force', async () => {
  await makeDraft('forced', { title: 'Written in the CMS' });

  expect(await take('forced', {}, { force: true })).toMatchObject({ action: 'updated' });
  expect((await draftOf('forced')).title).toBe('Kites');
});

test.each([
  ['an imported draft', 'imported', () => take('imported', {}, { draft: true })],
  [
    'a duplicate',
    'copy',
    async () => {
      await take('original');
      await cloneRoadmap(cms.strapi, (await draftOf('original')).documentId, { slug: 'copy' });
    },
  ],
])('%s that was edited stays a draft when a file changes other keys', async (_, slug, make) => {
  await make();
  await edit(slug, 'Half a sent');

  await take(slug, { order: '2' });
  expect(await draftOf(slug)).toMatchObject({ description: 'Half a sent', order: 2 });
  expect((await read(slug)).status).toBe(404);
});

test('imported drafts that nobody edited are published by their files, even if they link to each other', async () => {
  const links = { 'link-1': '[link-2]', 'link-2': '[link-1]' };
  for (const draft of [true, false]) {
    for (const [slug, relatedRoadmaps] of Object.entries(links)) {
      await take(slug, { relatedRoadmaps }, { draft });
    }
  }

  for (const [slug, relatedRoadmaps] of Object.entries(links)) {
    expect((await read(slug).buffer(true)).text).toContain(`relatedRoadmaps: ${relatedRoadmaps}`);
  }
});
