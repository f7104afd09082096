import { startCms, type Cms } from '../helpers/cms';
import { findInconsistencies, importText } from '../helpers/frontmatter';
import { ROADMAP } from '../helpers/roadmaps';

const KNOWN = { type: 'plugin', name: 'frontmatter', key: 'known-keys' };
const SPONSOR = 'api::sponsor.sponsor';

const fileOf = (slug: string, ...sponsorLines: string[]) =>
  [
    `---\norder: 1\nbriefTitle: ${slug}\nbriefDescription: x\ntitle: ${slug}\ndescription: x`,
    'sponsor:\n  title: Kit\n  url: https://example.org/kit',
    ...sponsorLines,
    '---\n',
  ].join('\n');
const FILES = { plain: fileOf('plain'), full: fileOf('full', '  imageUrl: /kit.png # new') };

let cms: Cms;
/** Id of the sponsor that both documents show, without an image. */
let shared: number;

beforeEach(async () => {
  cms = await startCms();
  for (const [slug, text] of Object.entries(FILES)) await importText(cms.strapi, slug, text);
  shared = (await cms.strapi.db.query(SPONSOR).findOne({ where: { imageUrl: null } })).id;
  await forgetImage();
});

afterEach(() => cms.stop());

/** Leaves the database as it was before the shape knew `sponsor.imageUrl`. */
async function forgetImage(): Promise<void> {
  await cms.strapi.db.getConnection('roadmaps_sponsor_lnk').update({ sponsor_id: shared });
  await cms.strapi.db.getConnection('sponsors').whereNot({ id: shared }).del();
  const { roadmaps } = (await cms.strapi.store.get(KNOWN)) as { roadmaps: string[] };
  const value = { roadmaps: roadmaps.filter((path) => path !== 'sponsor.imageUrl') };
  await cms.strapi.store.set({ ...KNOWN, value });
}

const fill = () => cms.strapi.plugin('frontmatter').service('backfill').fill();

async function expectFilled(): Promise<void> {
  const full = await cms.strapi
    .documents(ROADMAP)
    .findFirst({ filters: { slug: 'full' }, status: 'published', populate: ['sponsor'] });
  expect(full?.sponsor).toMatchObject({ title: 'Kit', imageUrl: '/kit.png' });
  for (const [slug, text] of Object.entries(FILES)) {
    expect((await cms.http.get(`/api/frontmatter/roadmaps/${slug}.md`)).text).toBe(text);
  }
  expect(await findInconsistencies(cms.strapi)).toEqual([]);
}

test('a copy of an entry is made again if the previous one was rolled back', async () => {
  const undone = cms.strapi.db.transaction(async () => {
    await fill();
    throw new Error('changed my mind');
  });
  await expect(undone).rejects.toThrow('changed my mind');

  await fill();

  await expectFilled();
});

test('a copy of an entry is made again in a database that was replaced', async () => {
  await fill();
  await expectFilled();
  await forgetImage();

  await fill();

  await expectFilled();
});
