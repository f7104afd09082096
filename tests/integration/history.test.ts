import { loginWithToken } from '../helpers/accounts';
import { startCms, type Cms } from '../helpers/cms';
import { setDay } from '../helpers/frontmatter';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import { runCliIn } from '../helpers/shared-application';

const URL = '/api/frontmatter/roadmaps/backend/publications';

let cms: Cms;

beforeAll(async () => {
  cms = await startCms();
  await writeHistory(cms);
});

afterAll(() => cms.stop());

/** Publishes, edits and renames a roadmap, and renames a keyword that it shows. */
async function writeHistory({ strapi }: Cms): Promise<void> {
  setDay(strapi, '2026-01-10');
  const keyword = await strapi.documents('api::keyword.keyword').create({ data: { name: 'tea' } });
  const documentId = await publishRoadmap(strapi, {
    slug: 'backend',
    keywords: [keyword.documentId],
  });
  const edit = (data: object) =>
    strapi.documents(ROADMAP).update({ documentId, data, status: 'published' });

  setDay(strapi, '2026-02-20');
  await edit({ title: 'Another', isNew: true });
  setDay(strapi, '2026-03-01');
  await strapi
    .documents('api::keyword.keyword')
    .update({ documentId: keyword.documentId, data: { name: 'green tea' } });
  setDay(strapi, '2026-03-02');
  await edit({ slug: 'back-end' });
}

describe('the publications of a document', () => {
  test('are listed for a token with permission, newest first, under any slug the document had', async () => {
    const editor = await loginWithToken(cms.strapi, 'custom', [
      'plugin::frontmatter.document.findPublications',
    ]);

    const { status, body } = await editor.get(URL);

    expect(status).toBe(200);
    expect(body.meta).toEqual({
      collection: 'roadmaps',
      slug: 'backend',
      before: null,
      departure: { slug: 'backend', reason: 'renamed', renamedTo: 'back-end' },
    });
    expect(
      body.data.map(({ slug, reason, changed, dateModified, date }: Record<string, unknown>) => ({
        slug,
        reason,
        changed,
        dateModified,
        why: (date as { text: string } | null)?.text ?? null,
      }))
    ).toEqual([
      {
        slug: 'back-end',
        reason: 'renamed',
        changed: [],
        dateModified: '2026-02-20',
        why: 'nothing that moves the date has changed',
      },
      {
        slug: 'backend',
        reason: 'renamed',
        changed: [],
        dateModified: '2026-02-20',
        why: null,
      },
      {
        slug: 'backend',
        reason: 'reference',
        changed: ['seo.keywords'],
        dateModified: '2026-02-20',
        why: null,
      },
      {
        slug: 'backend',
        reason: 'updated',
        changed: ['isNew', 'schema.dateModified', 'title'],
        dateModified: '2026-02-20',
        why: 'changed: title',
      },
      {
        slug: 'backend',
        reason: 'published',
        changed: [],
        dateModified: '2026-01-10',
        why: 'first publication',
      },
    ]);
    expect((await editor.get(`${URL}?limit=1`)).body.data).toHaveLength(1);
    expect(body.data[0]).toMatchObject({ by: { kind: 'command', name: null }, hasText: true });
    expect(body.data[1]).toMatchObject({ state: 'gone', hasText: false });
    const pages: string[] = [];
    for (let before = ''; ;) {
      const page = (await editor.get(`${URL}?limit=2${before && `&before=${before}`}`)).body;
      pages.push(...page.data.map(({ cursor }: { cursor: string }) => cursor));
      before = page.meta.before ?? '';
      if (before === '') break;
    }
    expect(pages).toEqual(body.data.map(({ cursor }: { cursor: string }) => cursor));
    expect((await editor.get(`${URL}?before=x`)).status).toBe(400);
    expect((await editor.get(`${URL}?limit=0`)).status).toBe(400);
    expect((await editor.get(URL.replace('backend', 'nothing'))).status).toBe(404);
  });

  test('say whether a text was ever served or imported, by its hash', async () => {
    const editor = await loginWithToken(cms.strapi, 'custom', [
      'plugin::frontmatter.document.findPublications',
    ]);
    const { headers } = await cms.http.get('/api/frontmatter/roadmaps/back-end.md');
    const hash = String(headers['etag']).slice(1, 33);

    const known = await editor.get(`${URL.replace('backend', 'back-end')}?etag=${hash}`);
    const unknown = await editor.get(`${URL}?etag=${'0'.repeat(32)}`);

    expect(known.body.meta).toMatchObject({ departure: null, isKnown: true });
    expect(unknown.body.meta).toMatchObject({ isKnown: false });
  });

  test('are listed for nobody else', async () => {
    expect((await cms.http.get(URL)).status).toBe(403);
  });
});

describe('frontmatter history', () => {
  test('lists the publications on the command line', async () => {
    const { exitCode, out } = await runCliIn(cms, 'history', 'backend');

    expect(exitCode).toBe(0);
    expect(out).toEqual([
      '2026-03-02 12:00 UTC  back-end renamed from the command line; dateModified 2026-02-20, nothing that moves the date has changed',
      '2026-03-02 12:00 UTC  backend renamed from the command line',
      '2026-03-01 12:00 UTC  backend reference (seo.keywords) from the command line; dateModified 2026-02-20, as it was',
      '2026-02-20 12:00 UTC  backend updated (isNew, schema.dateModified, title) from the command line; dateModified 2026-02-20, changed: title',
      '2026-01-10 12:00 UTC  backend published from the command line; dateModified 2026-01-10, first publication',
    ]);
  });

  test('finds nothing for a slug that was never published', async () => {
    const { exitCode, err } = await runCliIn(cms, 'history', 'nothing');

    expect(exitCode).toBe(1);
    expect(err).toEqual(['nothing was never published in guides or roadmaps']);
  });
});
