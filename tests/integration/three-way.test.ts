import fc from 'fast-check';
import type { Importer, ImportOptions, ImportResult } from '../../src/plugins/frontmatter/shared';
import { startCms, type Cms } from '../helpers/cms';
import { atDepth } from '../helpers/depth';
import { ROADMAP } from '../helpers/roadmaps';

let cms: Cms;
let importer: Importer;

beforeAll(async () => {
  cms = await startCms();
  importer = cms.strapi.plugin('frontmatter').service('importer');
});

afterAll(() => cms.stop());

const file = (overrides: Record<string, string> = {}, body = ''): string => {
  const keys = {
    order: '1',
    briefTitle: "'Kites'",
    briefDescription: "'Build a kite' # in a weekend",
    title: '"Kites"',
    description: 'From paper to wind',
    level: 'beginner',
    ...overrides,
  };
  const lines = Object.entries(keys).map(([key, value]) => `${key}: ${value}`);
  return ['---', ...lines, '---', body].join('\n');
};

async function take(
  slug: string,
  text: string,
  options: Partial<ImportOptions> = {}
): Promise<ImportResult> {
  const result = await importer.importFile(
    { slug, bytes: Buffer.from(text) },
    { collection: 'roadmaps', draft: false, dryRun: false, force: false, ...options }
  );
  await importer.finish('roadmaps');
  return { ...result, issues: result.issues.filter(({ code }) => code !== 'unknown-key') };
}

const textOf = async (slug: string): Promise<string> =>
  (await cms.http.get(`/api/frontmatter/roadmaps/${slug}.md`).buffer(true)).text;

const draftOf = async (slug: string) => {
  const draft = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug } });
  if (!draft) throw new Error(`no roadmap '${slug}'`);
  return draft;
};

async function edit(slug: string, data: object, { isPublished = true } = {}): Promise<void> {
  const { documentId } = await draftOf(slug);
  await cms.strapi.documents(ROADMAP).update({
    documentId,
    data: data as never, // keys are attributes of a roadmap
    ...(isPublished && { status: 'published' as const }),
  });
}

const seqOf = async () =>
  (await cms.strapi.plugin('frontmatter').service('publications').cursor()).seq;

test('a file that goes back to an earlier text is reported as older', async () => {
  await take('reverted', file());
  await take('reverted', file({ order: '2' }));

  expect(await take('reverted', file())).toMatchObject({
    action: 'outdated',
    issues: [{ code: 'outdated', severity: 'note' }],
  });
  expect(await take('reverted', file(), { force: true })).toMatchObject({ action: 'updated' });
  expect(await textOf('reverted')).toBe(file());
});

test('a file that waits in a draft is reported as waiting, however often it is imported', async () => {
  await take('waiting', file());
  await edit('waiting', { description: 'Not published' }, { isPublished: false });
  const issues = [{ code: 'draft-only', message: expect.stringContaining('publish it there') }];

  expect(await take('waiting', file({ order: '2' }))).toMatchObject({ action: 'updated', issues });
  expect(await take('waiting', file({ order: '2' }))).toMatchObject({ action: 'outdated', issues });

  const { documentId } = await draftOf('waiting');
  await cms.strapi.documents(ROADMAP).unpublish({ documentId });
  expect(await take('waiting', file({ order: '3' }))).toMatchObject({ action: 'updated', issues });
  expect(await take('waiting', file({ order: '3' }))).toMatchObject({ action: 'outdated', issues });
});

test('edits of different keys on both sides survive, and so do comments and unknown keys', async () => {
  await take('both', file());
  await edit('both', { order: 5 });

  const result = await take('both', file({ level: 'expert # now', description: 'To the wind' }));

  expect(result.action).toBe('updated');
  expect(await textOf('both')).toBe(
    file({ order: '5', level: 'expert # now', description: 'To the wind' })
  );
});

test('the same key changed on both sides is a conflict with both values, and nothing is written', async () => {
  await take('clash', file());
  await edit('clash', { order: 5 });
  const [before, seq] = [await textOf('clash'), await seqOf()];

  const result = await take('clash', file({ order: '7', description: 'Lost?' }));

  expect(result).toMatchObject({
    action: 'conflict',
    conflicts: [{ path: 'order', base: 1, file: 7, cms: 5 }],
    issues: [{ code: 'conflict', severity: 'error', path: 'order', line: 2 }],
  });
  expect(await textOf('clash')).toBe(before);
  expect(await seqOf()).toBe(seq);

  expect(await take('clash', file({ order: '7' }), { force: true })).toMatchObject({
    action: 'updated',
  });
  expect(await textOf('clash')).toBe(file({ order: '7' }));
});

test('the same edit on both sides is not a conflict', async () => {
  await take('same', file());
  await edit('same', { order: 5 });

  expect(await take('same', file({ order: '5' }))).toMatchObject({ action: 'unchanged' });
});

test('an old checkout is behind the CMS and changes nothing', async () => {
  await take('old', file());
  await take('old', file({ order: '2' }));
  await edit('old', { order: 3 });
  const seq = await seqOf();

  expect(await take('old', file())).toMatchObject({ action: 'outdated' });
  expect(await take('old', file({ order: '2' }))).toMatchObject({ action: 'outdated' });

  expect(await seqOf()).toBe(seq);
  expect(await textOf('old')).toBe(file({ order: '3' }));
});

test('an edit of an export is merged with a later edit in the CMS', async () => {
  await take('export', file());
  await edit('export', { order: 5, note: 'Mind the wind' });
  const exported = await textOf('export');
  await edit('export', { order: 6 });

  await take('export', exported.replace('Mind the wind', 'Mind the trees'));

  expect(await textOf('export')).toBe(
    exported.replace('order: 5', 'order: 6').replace('Mind the wind', 'Mind the trees')
  );
});

test('a sponsor whose window is closed survives the import of a file that was exported without it', async () => {
  const sponsor = await cms.strapi.documents('api::sponsor.sponsor').create({
    data: { name: 'Kit', title: 'Kit', url: 'https://example.org/kit' },
  });
  const lines = "\n  url: 'https://example.org/kit' # the kit\n  title: Kit";
  await take('sponsored', file({ sponsor: lines }));
  const { documentId } = sponsor;
  const sponsors = cms.strapi.documents('api::sponsor.sponsor');
  const shown = async () => (await textOf('sponsored')).includes('the kit');
  expect(await shown()).toBe(true);
  await sponsors.update({ documentId, data: { endsAt: '2020-01-01T00:00:00.000Z' } });
  expect(await shown()).toBe(false);

  await take('sponsored', (await textOf('sponsored')).replace('order: 1', 'order: 9'));
  await sponsors.update({ documentId, data: { endsAt: '2999-01-01T00:00:00.000Z' } });

  const { body } = await cms.http.get('/api/frontmatter/roadmaps/sponsored.json');
  expect(body).toMatchObject({
    order: 9,
    sponsor: { url: 'https://example.org/kit', title: 'Kit' },
  });
});

test('a link that is currently hidden survives a file that was exported without it', async () => {
  for (const slug of ['first', 'second', 'third']) await take(slug, file());
  const related = (...slugs: string[]) => file({ relatedRoadmaps: `[${slugs.join(', ')}]` });
  await take('linking', related('first', 'second', 'third'));
  await cms.strapi
    .documents(ROADMAP)
    .unpublish({ documentId: (await draftOf('second')).documentId });
  const exported = await textOf('linking');
  expect(exported).toBe(related('first', 'third'));

  await take('linking', exported.replace('[first, third]', '[first, third, never-seen]'));
  await cms.strapi.documents(ROADMAP).publish({ documentId: (await draftOf('second')).documentId });

  const { body } = await cms.http.get('/api/frontmatter/roadmaps/linking.json');
  expect(body.relatedRoadmaps).toEqual(['first', 'second', 'third', 'never-seen']);
});

describe('a draft with changes that are not published', () => {
  test('accepts the file and stays a draft', async () => {
    await take('half-done', file());
    await edit('half-done', { title: 'Not yet' }, { isPublished: false });

    const result = await take('half-done', file({ order: '4' }));

    expect(result).toMatchObject({ action: 'updated', issues: [{ code: 'draft-only' }] });
    expect(await textOf('half-done')).toBe(file());
    expect(await draftOf('half-done')).toMatchObject({ title: 'Not yet', order: 4 });
  });

  test('is not undone by the file that was published', async () => {
    await take('still-editing', file());
    await edit('still-editing', { title: 'Not yet' }, { isPublished: false });

    expect(await take('still-editing', file())).toMatchObject({ action: 'outdated' });
    expect(await draftOf('still-editing')).toMatchObject({ title: 'Not yet' });
  });
});

describe('a slug that the CMS served once', () => {
  test.each([
    ['deleted', /was deleted in the CMS/],
    ['renamed', /was renamed to 'renamed-to' in the CMS/],
  ])('and that was %s is never revived silently', async (what, message) => {
    await take(what, file());
    const { documentId } = await draftOf(what);
    if (what === 'deleted') await cms.strapi.documents(ROADMAP).delete({ documentId });
    else await edit(what, { slug: 'renamed-to' });

    const known = await take(what, file());
    const edited = await take(what, file({ order: '8' }));

    expect(known).toMatchObject({ action: 'outdated', issues: [{ severity: 'note' }] });
    expect(known.issues[0]?.message).toMatch(message);
    expect(edited).toMatchObject({ action: 'conflict', issues: [{ severity: 'error' }] });
    expect(edited.issues[0]?.message).toMatch(message);
    expect(await cms.strapi.documents(ROADMAP).count({ filters: { slug: what } })).toBe(0);
    expect(await take(what, file({ order: '8' }), { force: true })).toMatchObject({
      action: 'created',
    });
    expect(await textOf(what)).toBe(file({ order: '8' }));
  });

  test('and that was unpublished accepts changes into its draft only', async () => {
    await take('unpublished', file());
    const { documentId } = await draftOf('unpublished');
    await cms.strapi.documents(ROADMAP).unpublish({ documentId });

    expect(await take('unpublished', file())).toMatchObject({ action: 'unchanged' });
    const result = await take('unpublished', file({ order: '8' }));

    expect(result).toMatchObject({ action: 'updated', issues: [{ code: 'draft-only' }] });
    expect((await cms.http.get('/api/frontmatter/roadmaps/unpublished.md')).status).toBe(404);
    expect(await draftOf('unpublished')).toMatchObject({ order: 8 });
  });
});

test('a text that changed without its date is reported', async () => {
  const dated = (overrides = {}) =>
    file({ ...overrides, schema: "{ dateModified: '2024-05-06' }" });
  await take('dated', dated());

  const result = await take('dated', dated({ description: 'Other' }));

  expect(result.issues).toMatchObject([{ code: 'unmoved-date', path: 'schema.dateModified' }]);
  expect(await textOf('dated')).toBe(dated({ description: 'Other' }));
});

test('a dry run reports the same and writes nothing', async () => {
  await take('dry', file());
  const seq = await seqOf();

  const result = await take('dry', file({ order: '2' }), { dryRun: true });

  expect(result.action).toBe('updated');
  expect(await seqOf()).toBe(seq);
  expect(await textOf('dry')).toBe(file());
});

/** Attributes of a roadmap, with arbitrary values as the CMS and as a file represent them. */
const KEYS = {
  order: fc.integer({ min: 0, max: 99 }).map((value) => ({ value, yaml: String(value) })),
  title: text(),
  description: text(),
  note: text(),
  hasTopics: fc.boolean().map((value) => ({ value, yaml: String(value) })),
};
type Key = keyof typeof KEYS;
type Edits = Partial<Record<Key, { value: unknown; yaml: string }>>;

function text() {
  return fc
    .stringMatching(/^[a-z]{3,8}$/)
    .map((value) => ({ value, yaml: `"${value}" # by hand` }));
}

const edits: fc.Arbitrary<Edits> = fc.record(KEYS, { requiredKeys: [] });

test('no edit of either side is ever lost', async () => {
  let number = 0;
  await fc.assert(
    fc.asyncProperty(edits, edits, async (inFile, inCms) => {
      number += 1;
      const slug = `random-${number}`;
      await take(slug, file());
      const data = Object.entries(inCms).map(([key, { value }]) => [key, value]);
      await edit(slug, Object.fromEntries(data));
      const yaml = Object.entries(inFile).map(([key, value]) => [key, value.yaml]);

      const result = await take(slug, file(Object.fromEntries(yaml)));

      const { body } = await cms.http.get(`/api/frontmatter/roadmaps/${slug}.json`);
      const both = (Object.keys(inFile) as Key[]).filter(
        (key) => inCms[key] && inCms[key]?.value !== inFile[key]?.value
      );
      expect([both, result.action === 'conflict']).toEqual([both, both.length > 0]);
      const expected = both.length > 0 ? inCms : { ...inCms, ...inFile };
      for (const [key, { value }] of Object.entries(expected)) {
        expect([key, body[key]]).toEqual([key, value]);
      }
    }),
    { numRuns: atDepth({ short: 14, full: 40 }), seed: Number(process.env['FC_SEED'] ?? 1) }
  );
});
