import { readFileSync } from 'node:fs';
import { loginWithToken } from '../helpers/accounts';
import { describeWithCases, faultFile } from '../helpers/cases';
import { startCms, type Cms } from '../helpers/cms';
import { findPublications, importText, setDay } from '../helpers/frontmatter';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import { put, roadmapText, roadmapUrl } from '../helpers/uploads';

let cms: Cms;
let author: Awaited<ReturnType<typeof loginWithToken>>;

beforeAll(async () => {
  cms = await startCms();
  author = await loginWithToken(cms.strapi, 'full-access');
});

afterAll(() => cms.stop());

const update = (documentId: string, data: object) =>
  cms.strapi.documents(ROADMAP).update({ documentId, data });

const publish = (documentId: string) => cms.strapi.documents(ROADMAP).publish({ documentId });

const titleOf = async (slug: string) => (await cms.http.get(roadmapUrl(`${slug}.json`))).body.title;

describe('a file that says it is a draft', () => {
  test.each(['draft: true', 'published: false'])('%s: is imported as a draft', async (line) => {
    const slug = line.replace(/\W+/g, '-');
    const [key = '', value] = line.split(': ');
    const text = roadmapText({ [key]: value });
    const note = { code: 'draft-only', severity: 'note', path: key, line: 7 };

    const first = await importText(cms.strapi, slug, text);
    const second = await importText(cms.strapi, slug, text);

    expect(first).toMatchObject({
      action: 'created',
      issues: expect.arrayContaining([expect.objectContaining(note)]),
    });
    expect(second).toMatchObject({
      action: 'unchanged',
      issues: expect.arrayContaining([expect.objectContaining(note)]),
    });
    expect((await cms.http.get(roadmapUrl(slug))).status).toBe(404);
    expect((await author.get(`${roadmapUrl(slug)}.md?status=draft`)).text).toBe(text);
    const sent = await put(author, `${slug}-sent`, text);
    expect([sent.status, sent.body.data.etag]).toEqual([201, null]);
    expect((await cms.http.get(roadmapUrl(`${slug}-sent`))).status).toBe(404);
  });

  test('leaves what readers get unchanged if the document is published', async () => {
    await importText(cms.strapi, 'half-done', roadmapText({ title: "'Done'" }));
    const result = await importText(
      cms.strapi,
      'half-done',
      roadmapText({ title: "'Not yet'", draft: 'true' })
    );

    expect(result).toMatchObject({ action: 'updated' });
    expect(await titleOf('half-done')).toBe('Done');
  });

  test('other values of these keys have no meaning', async () => {
    await importText(cms.strapi, 'done', roadmapText({ draft: 'false', published: 'true' }));

    expect((await cms.http.get(roadmapUrl('done'))).status).toBe(200);
  });
});

test('a file that differs only in its line endings is unchanged', async () => {
  const text = roadmapText({}, 'One\nTwo\n');
  await importText(cms.strapi, 'endings', text);
  const before = await findPublications(cms.strapi, { slug: 'endings' });
  setDay(cms.strapi, '2031-01-01');

  const crlf = await importText(cms.strapi, 'endings', text.replaceAll('\n', '\r\n'));
  const { body } = await put(author, 'endings', text.replaceAll('\n', '\r\n'));

  expect([crlf.action, body.data.action]).toEqual(['unchanged', 'unchanged']);
  expect(await findPublications(cms.strapi, { slug: 'endings' })).toEqual(before);
});

describe('an old checkout that was merged into newer text', () => {
  const original = roadmapText({ title: "'First'" });
  const checkout = original.replace('---\n', '---\nnote: Of the author\n');

  beforeAll(async () => {
    await importText(cms.strapi, 'checkout', original);
    await put(author, 'checkout', original.replace("'First'", '"Second"'));
    expect(await importText(cms.strapi, 'checkout', checkout)).toMatchObject({ action: 'updated' });
  });

  test('changes nothing when it is imported again', async () => {
    expect(await importText(cms.strapi, 'checkout', checkout)).toMatchObject({
      action: 'outdated',
    });
    expect(await titleOf('checkout')).toBe('Second');
  });

  test('is a text that the CMS knows, so an export overwrites it', async () => {
    const exporter = cms.strapi.plugin('frontmatter').service('exporter');

    expect(await exporter.isKnownText('roadmaps', 'checkout', checkout)).toBe(true);
    expect(await exporter.isKnownText('roadmaps', 'checkout', `${checkout}Edited`)).toBe(false);
  });

  test('is the base of what its author edits next', async () => {
    const next = checkout.replace('Of the author', 'Of the author again');

    expect(await importText(cms.strapi, 'checkout', next)).toMatchObject({ action: 'updated' });
    expect(await titleOf('checkout')).toBe('Second');
    const { text } = await cms.http.get(roadmapUrl('checkout')).buffer(true);
    expect(text).toContain('Of the author again');
  });
});

describe('an old checkout with an edit, merged into newer text', () => {
  const original = roadmapText({ title: "'First'" });
  const checkout = original.replace("'First'", "'Edited'");

  /** Merges the checkout into a text with a comment that the checkout does not have. */
  async function mergeInto(slug: string, draft: boolean): Promise<string> {
    await importText(cms.strapi, slug, original);
    await importText(cms.strapi, slug, original.replace('---\n', '---\n# newer\n'));
    expect(await importText(cms.strapi, slug, checkout, { draft })).toMatchObject({
      action: 'updated',
    });
    const draftRow = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug } });
    return String(draftRow?.documentId);
  }

  test('is merged again after the draft that it was merged into was discarded', async () => {
    const documentId = await mergeInto('discarded', true);
    await cms.strapi.documents(ROADMAP).discardDraft({ documentId });

    expect(await importText(cms.strapi, 'discarded', checkout)).toMatchObject({
      action: 'updated',
    });
    expect(await titleOf('discarded')).toBe('Edited');
  });

  test('can be edited further once it was forced', async () => {
    await mergeInto('forced', false);
    await importText(cms.strapi, 'forced', checkout, { force: true });

    expect(
      await importText(cms.strapi, 'forced', checkout.replace("'Edited'", "'Edited again'"))
    ).toMatchObject({ action: 'updated' });
    expect(await titleOf('forced')).toBe('Edited again');
  });
});

describe('the ETag that PUT answers with', () => {
  test('is that of what readers get, even if only the draft changed or nothing did', async () => {
    await put(author, 'etags', roadmapText({ title: "'One'" }));
    const live = (await cms.http.get(roadmapUrl('etags'))).body.data.etag;
    const draft = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug: 'etags' } });
    await update(String(draft?.documentId), { description: 'Of an editor' });
    const edited = (await author.get(`${roadmapUrl('etags')}.md?status=draft`)).text;

    const unchanged = await put(author, 'etags', edited);
    const heldBack = await put(author, 'etags', edited.replace('One', 'Two'));

    expect(unchanged.body.data).toMatchObject({ action: 'unchanged', etag: live });
    expect(heldBack.body.data).toMatchObject({ action: 'updated', etag: live });
    const again = await put(author, 'etags', `${edited.replace('One', 'Two')}Body\n`).set(
      'If-Match',
      `"${heldBack.body.data.etag}"`
    );
    expect(again.status).toBe(200);
  });
});

describe('a conflict', () => {
  test('shows only the path to a token that may not read drafts', async () => {
    const imports = 'plugin::frontmatter.document.import';
    const updates = 'plugin::frontmatter.document.update';
    const writer = await loginWithToken(cms.strapi, 'custom', [imports, updates]);
    await put(author, 'secret', roadmapText({ title: "'Base'" }));
    const draft = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug: 'secret' } });
    await update(String(draft?.documentId), { title: 'Only in the draft' });
    const sponsor = await cms.strapi.documents('api::sponsor.sponsor').create({
      data: {
        name: 'Hidden',
        url: 'https://example.org/hidden',
        startsAt: '2099-01-01T00:00:00Z',
      } as never,
    });
    await update(String(draft?.documentId), { sponsor: sponsor.documentId } as never);
    const file = roadmapText({
      title: "'Of the author'",
      sponsor: '{ url: https://example.org/mine }',
    });

    const dry = await writer
      .post('/api/frontmatter/import?collection=roadmaps&dryRun=true')
      .attach('files', Buffer.from(file), { filename: 'secret.md', contentType: 'text/markdown' });
    const sent = await put(writer, 'secret', file);
    const seen = await put(author, 'secret', file);

    const paths = [{ path: 'title' }, { path: 'sponsor' }];
    expect(dry.body.data[0]).toMatchObject({ action: 'conflict' });
    expect(dry.body.data[0].conflicts).toEqual(paths);
    expect(sent.status).toBe(409);
    expect(sent.body.error.details.conflicts).toEqual(paths);
    expect(`${dry.text}${sent.text}`).not.toMatch(/Only in the draft|example\.org\/hidden/);
    expect(seen.text).toMatch(/Only in the draft.*example\.org\/hidden/s);
  });
});

test('a document that was renamed and then unpublished is not reported as deleted', async () => {
  const exporter = cms.strapi.plugin('frontmatter').service('exporter');
  const documentId = await publishRoadmap(cms.strapi, { slug: 'before' });
  await update(documentId, { slug: 'after' });
  await publish(documentId);
  await cms.strapi.documents(ROADMAP).unpublish({ documentId });
  const reasons = () => exporter.departures('roadmaps', ['before', 'after']);

  expect(await reasons()).toEqual(
    expect.arrayContaining([
      { slug: 'before', reason: 'unpublished' },
      { slug: 'after', reason: 'unpublished' },
    ])
  );
  expect(await importText(cms.strapi, 'before', roadmapText())).toMatchObject({
    issues: [{ code: 'departed', message: expect.stringContaining('unpublished') }],
  });
  await cms.strapi.documents(ROADMAP).delete({ documentId });
  expect(await reasons()).toEqual(
    expect.arrayContaining([
      { slug: 'before', reason: 'deleted' },
      { slug: 'after', reason: 'deleted' },
    ])
  );
});

test('an export reads a single snapshot: a document that is renamed meanwhile is not left out', async () => {
  const exporter = cms.strapi.plugin('frontmatter').service('exporter');
  // More than it reads at once. It reads only publications, so these need no documents.
  await publishRoadmap(cms.strapi, { slug: 'many' });
  const [{ id: _id, ...row } = { id: 0 }] = await findPublications(cms.strapi, { slug: 'many' });
  const { run } = cms.strapi.plugin('frontmatter').service('write-lock');
  const { record } = cms.strapi.plugin('frontmatter').service('publications');
  const many = Array.from({ length: 101 }, (_, index) => `many-${String(index).padStart(3, '0')}`);
  await run(() => record(many.map((slug) => ({ ...row, slug, documentId: slug }))));
  const documentId = await publishRoadmap(cms.strapi, { slug: 'zzz' });
  const slugs: string[] = [];
  for await (const { slug } of exporter.texts('roadmaps')) {
    if (slugs.length === 0) {
      await update(documentId, { slug: '00-first' });
      await publish(documentId);
    }
    slugs.push(slug);
  }

  expect(slugs).toEqual(expect.arrayContaining([...many, 'zzz']));
  expect(slugs).toEqual([...slugs].sort());
});

describeWithCases('real input', () => {
  test('12-draft-true.md is not published', async () => {
    const text = readFileSync(faultFile('12-draft-true.md'), 'utf8');

    const result = await importText(cms.strapi, 'a-case', text);

    expect(result).toMatchObject({ action: 'created' });
    expect((await cms.http.get(roadmapUrl('a-case'))).status).toBe(404);
  });
});
