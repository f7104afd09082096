import { runCli } from '../helpers/cli';
import { startCms, type Cms } from '../helpers/cms';
import { brief, findInconsistencies, publishedBy, setNow } from '../helpers/frontmatter';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import { runCliIn } from '../helpers/shared-application';

const SPONSOR = 'api::sponsor.sponsor';
/** More roadmaps than the CMS renders at once. */
const MANY = 21;

let cms: Cms;

beforeAll(async () => {
  cms = await startCms();
});

afterAll(() => cms.stop());

describe('an advertisement', () => {
  let sponsor: string;

  const readJson = async (slug: string) =>
    (await cms.http.get(`/api/frontmatter/roadmaps/${slug}.json`)).body;
  const createSponsor = async (data: object): Promise<string> =>
    (await cms.strapi.documents(SPONSOR).create({ data: data as never })).documentId;
  const edit = (documentId: string, data: object) =>
    cms.strapi.documents(SPONSOR).update({ documentId, data: data as never });

  beforeAll(async () => {
    setNow(cms.strapi, '2027-04-15T12:00:00Z');
    sponsor = await createSponsor({
      name: 'Kettle, spring',
      url: 'https://example.org/kettle',
      title: 'Kettle',
      event: { category: 'Sponsor', label: '{briefTitle} / Kettle' },
      endsAt: '2027-05-01T10:00:00.000Z',
    });
    for (let index = 0; index < MANY; index += 1) {
      await publishRoadmap(cms.strapi, {
        slug: `tea-${String(index).padStart(2, '0')}`,
        briefTitle: `Tea ${index}`,
        sponsor,
        ...(index === 1 && { sponsorEventLabel: 'Its own label' }),
      });
    }
  });

  test('names each roadmap that shows it in its label, unless the roadmap sets its own', async () => {
    expect((await readJson('tea-00')).sponsor.event.label).toBe('Tea 0 / Kettle');
    expect((await readJson('tea-01')).sponsor.event.label).toBe('Its own label');
  });

  test(`on ${MANY} roadmaps needs one edit, which moves no date`, async () => {
    const before = await readJson('tea-07');
    setNow(cms.strapi, '2027-04-20T12:00:00Z');

    const rows = await publishedBy(cms.strapi, () => edit(sponsor, { title: 'Kettle, red' }));

    expect(rows.map(brief).sort()).toEqual(
      Array.from(
        { length: MANY },
        (_, index) => `live tea-${String(index).padStart(2, '0')} reference`
      )
    );
    const after = await readJson('tea-07');
    expect(after.sponsor.title).toBe('Kettle, red');
    expect(after.schema).toEqual(before.schema);
  });

  test('that is no longer shown is gone with its key, and readers do not see edits of it', async () => {
    setNow(cms.strapi, '2027-05-02T12:00:00Z');
    const windows = cms.strapi.plugin('frontmatter').service('windows');
    const closed = await publishedBy(cms.strapi, () =>
      windows.publishCrossed(new Date('2027-04-20T12:00:00Z'))
    );

    expect(closed).toHaveLength(MANY);
    expect(await readJson('tea-00')).not.toHaveProperty('sponsor');
    expect(await publishedBy(cms.strapi, () => edit(sponsor, { title: 'Kettle' }))).toEqual([]);
    expect(await findInconsistencies(cms.strapi)).toEqual([]);
  });

  test('is deleted, and its roadmaps no longer have one', async () => {
    const doomed = await createSponsor({ name: 'Doomed', url: 'https://example.org/doomed' });
    const documentId = await publishRoadmap(cms.strapi, { slug: 'coffee', sponsor: doomed });

    const rows = await publishedBy(cms.strapi, () =>
      cms.strapi.documents(SPONSOR).delete({ documentId: doomed })
    );

    expect(rows.map(brief)).toEqual(['live coffee reference']);
    expect(await readJson('coffee')).not.toHaveProperty('sponsor');
    await cms.strapi.documents(ROADMAP).delete({ documentId });
  });

  test('is set up on a few roadmaps for the command line', async () => {
    const all = await cms.strapi.documents(ROADMAP).findMany({ limit: 100 });
    for (const { documentId, slug } of all) {
      if (slug !== 'tea-00') await cms.strapi.documents(ROADMAP).delete({ documentId });
    }
    const summer = await createSponsor({
      name: 'Kettle, summer',
      url: 'https://example.org/kettle',
      title: 'Kettle',
      startsAt: '2027-05-01T09:00:00.000Z',
    });
    const autumn = await createSponsor({
      name: 'Teapot',
      url: 'https://example.org/teapot',
      startsAt: '2027-09-01T00:00:00.000Z',
    });
    await publishRoadmap(cms.strapi, { slug: 'mate', sponsor: summer });
    await publishRoadmap(cms.strapi, { slug: 'rooibos', sponsor: autumn });
    await publishRoadmap(cms.strapi, { slug: 'water' });

    expect(await findInconsistencies(cms.strapi)).toEqual([]);
  });
});

describe('frontmatter schedule', () => {
  const overlap =
    "overlap: 'Kettle, spring' and 'Kettle, summer' are the same offer and run at the same time";

  test('prints what each roadmap will show on a day, with overlaps and gaps', async () => {
    const { exitCode, out } = await runCliIn(cms, 'schedule', '--at', '2027-05-01');

    expect(exitCode).toBe(0);
    expect(out).toEqual([
      'mate     Kettle, summer, only part of the day: from 2027-05-01 09:00',
      'rooibos  gap: Teapot is shown from 2027-09-01 00:00',
      'tea-00   Kettle, spring, only part of the day: until 2027-05-01 10:00',
      'water    -',
      overlap,
      '2027-05-01, UTC: 2 of 4 documents show one; 1 gap, 1 overlap',
    ]);
  });

  test('prints something else for a later day', async () => {
    const { out } = await runCliIn(cms, 'schedule', '--at', '2027-09-01');

    expect(out).toEqual([
      'mate     Kettle, summer',
      'rooibos  Teapot',
      'tea-00   gap: Kettle, spring was shown until 2027-05-01 10:00',
      'water    -',
      '2027-09-01, UTC: 2 of 4 documents show one; 1 gap, 0 overlaps',
    ]);
  });

  test('rejects a day that does not exist', async () => {
    const { exitCode, err } = await runCli('schedule', '--at', '2027-02-29');

    expect(exitCode).toBe(2);
    expect(err).toEqual([
      "error: --at is '2027-02-29', which is not a valid day: write YYYY-MM-DD, such as 2027-05-01",
    ]);
  });
});
