import type { Importer } from '../../src/plugins/frontmatter/shared';
import { loginAsAdmin, loginWithToken } from '../helpers/accounts';
import { startCms, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { buildGrownApplication, type GrownApplication } from '../helpers/grown-application';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';

/** A file with keys of the shape, and keys it gains in between and after, as authors write them. */
const fileOf = (slug: string, ...lines: string[]) =>
  [
    '---',
    `title: "${slug}"`,
    'order: 1',
    `briefTitle: '${slug}'`,
    'briefDescription: Brief',
    'description: Long',
    ...lines,
    '---',
    'Body',
  ].join('\n');

const sponsorLines = (title: string, ...lines: string[]) => [
  'sponsor:',
  '  url: https://example.org/kit',
  ...lines,
  `  title: ${title} # paid`,
];

const FILES: Record<string, string> = {
  full: fileOf(
    'full',
    'level:   3   # of five',
    '# for the shop',
    'isPaid: false',
    'picture: ../images/knife.jpg # bought',
    'audience: { role: "Cook", years: 1.50 }',
    'prerequisites:',
    "- 'A knife'",
    '- A board # wood',
    'seo:',
    '    robots: >-',
    '      noindex,',
    '      nofollow',
    '    title: Full',
    'sitemap:',
    '  priority: 1.0',
    'topics: [cooking, "home", cooking]',
    'nextRoadmaps:',
    '  - unknown-yet',
    '  - plain # first',
    'partner:',
    '  url: https://example.org/partner',
    '  event:',
    '    category: Click',
    "    label: 'Full / Partner'",
    '  slogan: stays unknown',
    ...sponsorLines('Shared', '  badge: "Gold"'),
    'stillUnknown: 1'
  ),
  windows: fileOf(
    'windows',
    'topics:',
    '  - home',
    "level: '5' # text",
    'seo: { robots: none }',
    ...sponsorLines('Shared', '  badge: Gold')
  ).replaceAll('\n', '\r\n'),
  plain: fileOf('plain', ...sponsorLines('Shared')),
  alone: fileOf('alone', ...sponsorLines('Alone', '  badge: &b Silver', '  imageUrl: *b')),
  refused: fileOf('refused', 'level: hard # says the team', 'audience: everyone', 'partner: []'),
  edited: fileOf('edited', 'level: 2', 'topics: [home]', 'nextRoadmaps: [full]'),
};

let database: TestDatabase;
let grown: GrownApplication;
let cms: Cms;

beforeAll(async () => {
  database = await createDatabase();
  grown = await buildGrownApplication();
});

afterAll(async () => {
  await grown.remove();
  await database.drop();
});

let apart: typeof import('../helpers/cms') | undefined;

/** Uses separate modules: in one process, Strapi never forgets what it derived from schemas. */
async function startGrown(): Promise<void> {
  apart ??= requireApart();
  cms = await apart.startCms(database, { distDir: grown.distDir });
}

/** Loads the helper and all its dependencies, Strapi included, with Jest's own `require`. */
function requireApart(): typeof import('../helpers/cms') {
  const { nativeRequire } = globalThis;
  globalThis.nativeRequire = undefined;
  jest.resetModules();
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- it is needed once more
    return require('../helpers/cms');
  } finally {
    globalThis.nativeRequire = nativeRequire;
  }
}

async function importFiles(slugs: string[], { draft = false } = {}) {
  const importer: Importer = cms.strapi.plugin('frontmatter').service('importer');
  for (const slug of slugs) {
    const bytes = Buffer.from(FILES[slug] ?? '');
    const options = { collection: 'roadmaps', draft, dryRun: false, force: false };
    const { action } = await importer.importFile({ slug, bytes }, options);
    expect(`${slug} ${action}`).toBe(`${slug} created`);
  }
  await importer.finish('roadmaps');
}

/** The texts that readers get, and the texts of drafts, by slug. */
async function texts(): Promise<Record<string, string | undefined>> {
  const drafts = cms.strapi.plugin('frontmatter').service('drafts');
  const shape = cms.strapi.plugin('frontmatter').service('shapes').getByCollection('roadmaps');
  const found: Record<string, string | undefined> = {};
  for (const slug of [...Object.keys(FILES), 'draft-only', 'made-here']) {
    const { text, status } = await cms.http.get(`/api/frontmatter/roadmaps/${slug}.md`);
    found[slug] = status === 200 ? text : undefined;
    found[`${slug} draft`] = (await drafts.find(shape, slug))?.text;
  }
  return found;
}

const countOf = (uid: string): Promise<number> => cms.strapi.db.query(uid as never).count();

/** What must stay unchanged, times included. */
async function traces() {
  const rows = await cms.strapi.db
    .query(ROADMAP)
    .findMany({ select: ['documentId', 'updatedAt', 'publishedAt'], orderBy: { id: 'asc' } });
  const admin = await loginAsAdmin(cms.strapi);
  const { body } = await admin.get(`/content-manager/collection-types/${ROADMAP}?pageSize=100`);
  const statuses = body.results.map(
    ({ slug, status }: { slug: string; status: string }) => `${slug} ${status}`
  );
  return {
    rows: JSON.stringify(rows),
    statuses: statuses.sort(),
    publications: await countOf('plugin::frontmatter.publication'),
  };
}

async function restOf(slug: string, status = 'published') {
  const reader = await loginWithToken(cms.strapi, 'full-access');
  const { body } = await reader.get(
    `/api/roadmaps?filters[slug]=${slug}&populate=*&status=${status}`
  );
  return body.data[0];
}

const namesOf = (entries: { name: string }[]) => entries.map(({ name }) => name);

test('keys that a shape gains are filled from the sources, and nothing that is served changes', async () => {
  cms = await startCms(database);
  await importFiles(Object.keys(FILES));
  await publishRoadmap(cms.strapi, { slug: 'made-here' });
  await cms.strapi.db.query('plugin::upload.file').create({
    data: {
      ...{ name: 'knife.jpg', url: '/uploads/knife_1.jpg', hash: 'knife_1', ext: '.jpg' },
      ...{ mime: 'image/jpeg', size: 1, provider: 'local' },
    },
  });
  FILES['draft-only'] = fileOf('draft-only', 'level: 4 # draft');
  await importFiles(['draft-only'], { draft: true });
  delete FILES['draft-only'];
  const edited = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug: 'edited' } });
  await cms.strapi
    .documents(ROADMAP)
    .update({ documentId: edited?.documentId ?? '', data: { note: 'not published yet' } });
  const before = { texts: await texts(), traces: await traces() };
  expect(before.texts).toMatchObject(FILES);
  expect(before.traces.statuses).toContain('edited modified');
  expect(before.traces.statuses.filter((line: string) => line.includes('modified'))).toHaveLength(
    1
  );
  await cms.stop();

  await startGrown();

  expect(await texts()).toEqual(before.texts);
  expect(await traces()).toEqual(before.traces);
  await cms.strapi.plugin('frontmatter').service('reconciler').reconcile();
  expect(await texts()).toEqual(before.texts);
  expect((await traces()).publications).toBe(before.traces.publications);
});

describe('plain REST returns', () => {
  test.each(['published', 'draft'])('values of all kinds, %s', async (status) => {
    const full = await restOf('full', status);

    expect(full).toMatchObject({
      level: 3,
      isPaid: false,
      audience: { role: 'Cook', years: 1.5 },
      prerequisites: [{ question: 'A knife' }, { question: 'A board' }],
      seo: { title: 'Full', robots: 'noindex, nofollow' },
      partner: { name: 'https://example.org/partner', url: 'https://example.org/partner' },
      sponsor: { title: 'Shared', badge: 'Gold' },
    });
    expect(namesOf(full.topics)).toEqual(['cooking', 'home']);
    expect(full.nextRoadmaps.map(({ slug }: { slug: string }) => slug)).toEqual(['plain']);
    expect((await restOf('windows', status)).seo.robots).toBe('none');
  });

  test('values of drafts as well as published ones', async () => {
    for (const status of ['published', 'draft']) {
      const edited = await restOf('edited', status);
      expect([edited.level, namesOf(edited.topics)]).toEqual([2, ['home']]);
    }
    expect((await restOf('draft-only', 'draft')).level).toBe(4);
  });

  test('one entry for each name', async () => {
    const tags = await cms.strapi.documents('api::tag.tag').findMany({ sort: 'name' });

    expect(namesOf(tags as { name: string }[])).toEqual(['cooking', 'home']);
  });

  test('the value in a sponsor if all its documents agree, and in a copy if they do not', async () => {
    const [full, windows, plain, alone] = await Promise.all(
      ['full', 'windows', 'plain', 'alone'].map((slug) => restOf(slug))
    );

    expect(alone.sponsor).toMatchObject({ title: 'Alone', badge: 'Silver' });
    expect(plain.sponsor).toMatchObject({ title: 'Shared', badge: null });
    expect(windows.sponsor.documentId).toBe(full.sponsor.documentId);
    expect(plain.sponsor.documentId).not.toBe(full.sponsor.documentId);
    expect(await countOf('api::sponsor.sponsor')).toBe(4);
  });

  test('no value if the key refuses what the file contains', async () => {
    expect(await restOf('refused')).toMatchObject({ level: null, audience: null, partner: null });
  });
});

test('what a key refuses is logged once, with document, key and reason', async () => {
  const lines = (await grown.readLog()).split('\n').filter((line) => line.includes('the new key'));

  expect(lines.map((line) => /key '([^']+)' .* what '([^']+)'/.exec(line)?.slice(1))).toEqual(
    expect.arrayContaining([
      ['level', 'windows'],
      ['level', 'refused'],
      ['audience', 'refused'],
    ])
  );
  expect(lines).toHaveLength(3);
  expect(lines.join('\n')).toContain("expected a whole number, such as 2, found the text 'hard'");
});

describe('afterwards', () => {
  const publish = async (slug: string, data: object = {}) => {
    const found = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug } });
    const documentId = found?.documentId ?? '';
    await cms.strapi.documents(ROADMAP).update({ documentId, data: data as never });
    await cms.strapi.documents(ROADMAP).publish({ documentId });
    return (await cms.http.get(`/api/frontmatter/roadmaps/${slug}.md`)).text;
  };
  const latest = (slug: string) =>
    cms.strapi.plugin('frontmatter').service('publications').findLive('roadmaps', slug);

  test('publishing again changes nothing', async () => {
    const count = await countOf('plugin::frontmatter.publication');

    for (const slug of ['full', 'windows', 'plain', 'alone', 'refused']) {
      expect(await publish(slug)).toBe(FILES[slug]);
    }
    expect(await countOf('plugin::frontmatter.publication')).toBe(count);
  });

  test('editing a gained key changes its line and the date', async () => {
    const text = await publish('full', { level: 4 });

    expect(text).toContain('level:   4   # of five');
    expect(await latest('full')).toMatchObject({
      changed: expect.arrayContaining(['level']),
      dateReason: 'changed',
      dateChanged: ['level'],
    });
  });

  test('an editor replaces what was refused', async () => {
    const text = await publish('refused', { level: 3 });

    expect(text).toContain('level: 3 # says the team');
    expect(text).toContain('audience: everyone');
  });

  test('an imported file replaces what was refused', async () => {
    const importer: Importer = cms.strapi.plugin('frontmatter').service('importer');
    const now = (await cms.http.get('/api/frontmatter/roadmaps/refused.md')).text;
    const corrected = now
      .replace('audience: everyone\n', 'audience:\n  role: Everyone\n')
      .replace('partner: []\n', '');
    const options = { collection: 'roadmaps', draft: false, dryRun: false, force: false };
    const result = await importer.importFile(
      { slug: 'refused', bytes: Buffer.from(corrected) },
      options
    );

    expect(result).toMatchObject({ action: 'updated' });
    expect((await restOf('refused')).audience).toMatchObject({ role: 'Everyone' });
    expect((await cms.http.get('/api/frontmatter/roadmaps/refused.md')).text).toContain(
      'audience:\n  role: Everyone\n'
    );
  });

  test('a value that an editor removes disappears with its line and stays removed', async () => {
    const text = await publish('full', { level: null, topics: [], audience: null });
    expect(text).not.toMatch(/level|topics|audience/);
    const writes = () => cms.strapi.db.query('plugin::frontmatter.write-lock').findMany();
    const before = { texts: await texts(), traces: await traces(), lock: await writes() };
    await cms.stop();

    await startGrown();

    const [lock] = before.lock; // the start counts as one write, and nothing else is written
    expect(await writes()).toEqual([{ ...lock, writes: lock.writes + 1 }]);
    expect(await texts()).toEqual(before.texts);
    expect(await traces()).toEqual(before.traces);
    expect(await restOf('full')).toMatchObject({ level: null, topics: [], audience: null });
    await cms.stop();
  });
});
