import { readdirSync } from 'node:fs';
import path from 'node:path';
import { loginAsAdmin } from '../helpers/accounts';
import { EXAMPLES_DIR } from '../helpers/cli';
import { startCms, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { deployHooks } from '../helpers/deploy-hooks';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import { runCliIn } from '../helpers/shared-application';
import { copyCompiledApplication, type CompiledApplication } from '../helpers/strapi-commands';

const SAMPLES = readdirSync(EXAMPLES_DIR);
/** Uses a domain reserved for documentation: https://www.rfc-editor.org/rfc/rfc2606 */
const SITE_URL = 'https://example.com/rebuild/secret-part';

let application: CompiledApplication;
let source: TestDatabase;
let destination: TestDatabase;
let exported: string;
let expected: Awaited<ReturnType<typeof contentOf>>;

const service = ({ strapi }: Cms, name: string) => strapi.plugin('frontmatter').service(name);

/** Reads what must be the same in the other database, which excludes row ids and times. */
async function contentOf(cms: Cms) {
  const shape = service(cms, 'shapes').getByCollection('roadmaps');
  const published: Record<string, string> = {};
  const drafts: Record<string, string> = {};
  for (const slug of SAMPLES) {
    const { text, status } = await cms.http.get(`/api/frontmatter/roadmaps/${slug}.md`);
    published[slug] = status === 200 ? text : `status ${status}`;
    drafts[slug] = (await service(cms, 'drafts').find(shape, slug)).text;
  }
  const rows = await cms.strapi.db.query(ROADMAP).findMany({
    select: ['documentId', 'slug', 'relatedOrder'],
    populate: { relatedRoadmaps: { select: ['slug'] } },
  });
  const orders = rows.map(({ relatedRoadmaps, ...row }) => ({
    ...row,
    related: relatedRoadmaps.map(({ slug }: { slug: string }) => slug),
  }));
  const references = await cms.strapi.db
    .query('plugin::frontmatter.reference' as never)
    .findMany({ select: ['ownerId', 'path', 'position', 'targetType', 'targetId', 'slug'] });
  const admin = await loginAsAdmin(cms.strapi);
  const { body } = await admin.get(`/content-manager/collection-types/${ROADMAP}?pageSize=100`);
  const statusOf = ({ slug, status }: { slug: string; status: string }) => `${slug} ${status}`;
  return {
    published,
    drafts,
    statuses: body.results.map(statusOf).sort(),
    orders: linesOf(orders),
    references: linesOf(references),
  };
}

const linesOf = (rows: Record<string, unknown>[]): string[] =>
  rows.map(({ id: _id, ...row }) => JSON.stringify(Object.entries(row).sort())).sort();

async function edit(cms: Cms, slug: string, data: object) {
  const found = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug } });
  const documentId = found?.documentId ?? '';
  await cms.strapi.documents(ROADMAP).update({ documentId, data: data as never });
  return documentId;
}

/** Imports the samples and edits them, which leaves traces in rows, orders and publications. */
async function fillSource(): Promise<void> {
  const cms = await startCms(source);
  await runCliIn(cms, 'import', EXAMPLES_DIR);
  const roadmaps = cms.strapi.documents(ROADMAP);
  await roadmaps.publish({ documentId: await edit(cms, 'sailing', { title: 'Sail away' }) });
  await edit(cms, 'beekeeping', { title: 'Not published yet' });
  await roadmaps.unpublish({ documentId: await edit(cms, 'kitchen-garden', { note: 'Later' }) });
  const sponsor = await cms.strapi.documents('api::sponsor.sponsor').findFirst({
    filters: { url: { $notNull: true } },
  });
  await cms.strapi.documents('api::sponsor.sponsor').update({
    documentId: sponsor?.documentId ?? '',
    data: { startsAt: '2999-01-01' },
  });
  await deployHooks(cms.strapi).create({ name: 'Site', url: SITE_URL });
  expected = await contentOf(cms);
  await cms.stop();
}

const importInto = (database: TestDatabase) =>
  application.runStrapi(database, 'import', '--force', '-f', `${exported}.tar`);

beforeAll(async () => {
  source = await createDatabase({ client: 'sqlite', isEmpty: true });
  destination = await createDatabase();
  application = await copyCompiledApplication();
  await fillSource();
  exported = path.join(application.folder, 'exported');
  await application.runStrapi(source, 'export', '--no-encrypt', '--no-compress', '-f', exported);
});

afterAll(async () => {
  await application.remove();
  await source.drop();
  await destination.drop();
});

test('the samples contain what a transfer could lose', () => {
  expect(expected.statuses).toEqual(
    expect.arrayContaining(['beekeeping modified', 'kitchen-garden draft', 'sailing published'])
  );
  expect(expected.published['kitchen-garden']).toBe('status 404');
  expect(expected.orders.join()).toContain('{"slug":"darkroom-printing"}');
});

describe('what readers get survives an export and an import', () => {
  let cms: Cms;
  let cursorBefore: string;

  const cursorOf = async () => JSON.stringify(await service(cms, 'publications').cursor());

  beforeAll(async () => {
    cms = await startCms(destination);
    await publishRoadmap(cms.strapi, { slug: 'of-the-old-content' });
    cursorBefore = await cursorOf();
    await cms.stop();
    await importInto(destination);
    cms = await startCms(destination);
    await service(cms, 'reconciler').reconcile();
  });

  afterAll(() => cms.stop());

  test('byte for byte, with drafts, links and references', async () => {
    expect(await contentOf(cms)).toEqual(expected);
  });

  test('by new publications, under new cursors', async () => {
    const publications = await cms.strapi.db
      .query('plugin::frontmatter.publication' as never)
      .findMany();
    const reasons = publications.map(({ slug, state, reason }) => `${slug} ${state} ${reason}`);
    const isGivenOut = (slug: string) => !expected.published[slug]?.startsWith('status');

    expect(reasons.sort()).toEqual(
      SAMPLES.filter(isGivenOut).map((slug) => `${slug} live reconciled`)
    );
    expect(await cursorOf()).not.toBe(cursorBefore);
  });

  test('with the sites that are notified, which must read everything again', async () => {
    const hooks = deployHooks(cms.strapi);
    const [{ id } = { id: 0 }] = await hooks.rows();
    await hooks.dispatch();

    const row = await hooks.row(id);
    expect(row).toMatchObject({ name: 'Site', cursorSeq: 0, startOver: 'restored' });
    expect(hooks.credentialsOf(row)).toMatchObject({ url: SITE_URL });
    expect(JSON.stringify(row)).not.toContain('secret-part');
  });

  test('and can be edited', async () => {
    const documentId = await edit(cms, 'sailing', { order: 99 });
    await cms.strapi.documents(ROADMAP).publish({ documentId });

    const { text } = await cms.http.get('/api/frontmatter/roadmaps/sailing.md');
    expect(text).toBe(expected.published['sailing']?.replace(/^order: .*\d/m, 'order: 99'));
  });

  test('even under a running server', async () => {
    // The server checks every few seconds by itself; here it checks when the test says so.
    const hasRow = jest.spyOn(service(cms, 'write-lock'), 'hasRow').mockResolvedValue(true);
    await importInto(destination);
    await expect(edit(cms, 'sailing', { order: 98 })).rejects.toMatchObject({
      status: 503,
      message: expect.stringContaining('The database was replaced'),
    });
    hasRow.mockRestore();

    await service(cms, 'background').takeInReplacement();

    expect(await contentOf(cms)).toEqual(expected);
    await edit(cms, 'sailing', { order: 98 });
  });
});
