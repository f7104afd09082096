import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { EXAMPLES_DIR, runCli, type CliRun } from '../helpers/cli';
import { startCms, useDatabase, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { ROADMAP } from '../helpers/roadmaps';
import { runCliIn } from '../helpers/shared-application';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-import-'));
});

afterEach(() => rm(folder, { recursive: true }));

const roadmapFile = (overrides: Record<string, string> = {}) => {
  const keys = {
    order: '1',
    briefTitle: "'Kites'",
    briefDescription: "'Build a kite'",
    title: "'Kites'",
    description: "'From paper to wind'",
    ...overrides,
  };
  const lines = Object.entries(keys).map(([key, value]) => `${key}: ${value}`);
  return ['---', ...lines, '---', ''].join('\n');
};

async function write(name: string, content: string | Buffer): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

const EXAMPLES = [
  '35mm-photography',
  'amateur-astronomy',
  'beekeeping',
  'bicycle-repair',
  'home-baking',
  'kitchen-garden',
  'public-speaking',
  'sailing',
  'woodworking',
];

describe('the examples', () => {
  describe('once imported', () => {
    let database: TestDatabase;
    let cms: Cms;
    let first: CliRun;

    beforeAll(async () => {
      database = await createDatabase();
      useDatabase(database);
      first = await runCli('import', EXAMPLES_DIR);
      cms = await startCms(database);
    });

    afterAll(async () => {
      await cms.stop();
      await database.drop();
    });

    test('are all published, the second time unchanged, and their topic files are left alone', async () => {
      const second = await runCliIn(cms, 'import', EXAMPLES_DIR);

      expect(first.exitCode).toBe(0);
      expect(first.out).toEqual(['Imported 9 files: 9 created; 2 other .md files left alone']);
      expect(second.out).toEqual(['Imported 9 files: 9 unchanged; 2 other .md files left alone']);
    });

    test('are served byte for byte, and in JSON as a YAML parser reads them', async () => {
      for (const slug of EXAMPLES) {
        const file = await readFile(path.join(EXAMPLES_DIR, slug, `${slug}.md`), 'utf8');
        const md = await cms.http.get(`/api/frontmatter/roadmaps/${slug}.md`).buffer(true);
        const json = await cms.http.get(`/api/frontmatter/roadmaps/${slug}.json`);

        expect(md.text).toBe(file);
        expect(json.body).toEqual(parse(file.replace('\uFEFF', '').split(/^---\r?$/m)[1] ?? ''));
      }
    });

    test('share one sponsor among the four roadmaps that carry it, each with its own label', async () => {
      const roadmaps = await cms.strapi.documents(ROADMAP).findMany({
        status: 'published',
        populate: ['sponsor'],
        filters: { sponsorEventLabel: { $notNull: true } },
      });
      const bySponsor = new Map<string, number>();
      for (const { sponsor } of roadmaps) {
        const id = sponsor?.documentId ?? 'none';
        bySponsor.set(id, (bySponsor.get(id) ?? 0) + 1);
      }
      expect([...bySponsor.values()].sort()).toEqual([1, 4]);
      expect(new Set(roadmaps.map((roadmap) => roadmap.sponsorEventLabel)).size).toBe(5);
    });
  });

  test('give the same result in any order', async () => {
    const cms = await startCms();
    const files = EXAMPLES.map((slug) => path.join(EXAMPLES_DIR, slug, `${slug}.md`));
    await runCliIn(cms, 'import', ...files.reverse());

    const { out } = await runCliIn(cms, 'import', EXAMPLES_DIR);
    await cms.stop();

    expect(out).toEqual(['Imported 9 files: 9 unchanged; 2 other .md files left alone']);
  });
});

test('in a folder, a file that is named like a roadmap and has no frontmatter is left alone', async () => {
  await write('kites/kites.md', roadmapFile());
  await write('README.md', '# Our roadmaps\n');
  await write('kites/content/100-string.md', '# String\n');

  const { out, exitCode } = await runCli('validate', folder);

  expect(out).toEqual(['Checked 1 file: 1 valid; 2 other .md files left alone']);
  expect(exitCode).toBe(0);
});

test('--if-empty leaves a collection that has documents alone', async () => {
  const database = await createDatabase();
  useDatabase(database);
  await write('kites/kites.md', roadmapFile());

  const first = await runCli('import', folder, '--if-empty');
  await write('kites/kites.md', roadmapFile({ title: "'Overwritten'" }));
  const second = await runCli('import', folder, '--if-empty');
  await database.drop();

  expect(first.out).toEqual(['Imported 1 file: 1 created']);
  expect(second).toEqual({
    exitCode: 0,
    out: ["Imported nothing: 'roadmaps' already has documents"],
    err: [],
  });
});

describe('on one CMS', () => {
  let cms: Cms;

  beforeAll(async () => {
    cms = await startCms();
  });

  afterAll(() => cms.stop());

  const run = (...args: string[]) => runCliIn(cms, ...args);

  test('--dry-run says what would happen and writes nothing', async () => {
    await write('kites/kites.md', roadmapFile({ tags: '[outdoors]' }));

    const { out, exitCode } = await run('import', folder, '--dry-run');

    expect(exitCode).toBe(0);
    expect(out).toEqual(['Would import 1 file: 1 created']);
    expect(await cms.strapi.documents(ROADMAP).count({})).toBe(0);
    expect(await cms.strapi.documents('api::tag.tag').count({})).toBe(0);
  });

  test('--draft leaves the documents as drafts, and a later import publishes them', async () => {
    await write('rafts/rafts.md', roadmapFile());

    await run('import', folder, '--draft');
    const count = (status: 'draft' | 'published') =>
      cms.strapi.documents(ROADMAP).count({ status, filters: { slug: 'rafts' } });
    expect(await count('draft')).toBe(1);
    expect(await count('published')).toBe(0);

    const again = await run('import', folder, '--draft');
    expect(again.out).toEqual(['Imported 1 file: 1 unchanged']);
    const published = await run('import', folder);
    expect(published.out).toEqual(['Imported 1 file: 1 updated']);
  });

  test('a changed file updates its document and keeps the date that the file sets', async () => {
    const file = (title: string) =>
      roadmapFile({ title: `'${title}'`, schema: "{ dateModified: '2024-05-06' }" });
    await write('gliders/gliders.md', file('Kites'));
    await run('import', folder);
    await write('gliders/gliders.md', file('Big kites'));

    const { out } = await run('import', folder);

    expect(out).toEqual(['Imported 1 file: 1 updated']);
    const { body } = await cms.http.get('/api/frontmatter/roadmaps/gliders.json');
    expect(body).toMatchObject({ title: 'Big kites', schema: { dateModified: '2024-05-06' } });
  });

  test('a key that a file no longer has is emptied', async () => {
    await write(
      'balloons/balloons.md',
      roadmapFile({ note: "'Mind the wind'", tags: "['outdoors']" })
    );
    await run('import', folder);
    await write('balloons/balloons.md', roadmapFile());
    await run('import', folder);

    const { body } = await cms.http.get('/api/frontmatter/roadmaps/balloons.json');
    expect(Object.keys(body)).toEqual([
      'order',
      'briefTitle',
      'briefDescription',
      'title',
      'description',
    ]);
  });

  describe('bad input', () => {
    test('shows every issue of a file with its position, writes the good files, and exits with 1', async () => {
      const bad = await write(
        'bad/bad.md',
        roadmapFile({
          order: "'two'",
          schema: "{ dateModified: '2023-02-30' }",
          sitemap: '{ changefreq: sometimes }',
          hasTopic: 'true',
        })
      );
      await write('good/good.md', roadmapFile());

      const { exitCode, out, err } = await run('import', folder);

      expect(exitCode).toBe(1);
      const file = path.relative(process.cwd(), bad);
      expect(err).toEqual([
        `${file}:2:8 order: expected a whole number, such as 2, found the text 'two'`,
        `${file}:7:25 schema.dateModified: '2023-02-30' is not a calendar date: write YYYY-MM-DD, such as '2026-05-01'`,
        `${file}:8:24 sitemap.changefreq: 'sometimes' is not one of always, hourly, daily, weekly, monthly, yearly, never: choose one of these`,
        `${file}:9:1 note: hasTopic: unknown key 'hasTopic': kept as it is; did you mean 'hasTopics'?`,
      ]);
      expect(out).toEqual(['Imported 2 files: 1 invalid, 1 created']);
      const { strapi } = cms;
      expect(await strapi.documents(ROADMAP).count({ filters: { slug: 'bad' } })).toBe(0);
      expect(await strapi.documents(ROADMAP).count({ filters: { slug: 'good' } })).toBe(1);
    });

    const REFUSED: [what: string, content: string | Buffer, message: RegExp][] = [
      ['no fences', '# Title\n', /:1:1 no frontmatter: the first line/],
      ['an unclosed fence', '---\ntitle: a\n', /:1:1 the frontmatter is never closed: add/],
      ['broken YAML', "---\ntitle: 'a\n---\n", /:\d+:\d+ missing closing ': add it/],
      [
        'a key twice',
        roadmapFile().replace('title', 'order: 3\ntitle'),
        /:5:1 order: this key appears twice/,
      ],
      ['an alias bomb', aliasBomb(), /:\d+:\d+ aliases expand to more than 100 values/],
      [
        'deep nesting',
        `---\na: ${'['.repeat(1000)}${']'.repeat(1000)}\n---\n`,
        /more than 32 levels/,
      ],
      [
        '__proto__',
        '---\n__proto__: { a: 1 }\n---\n',
        /:2:1 __proto__: a key must not be named __proto__/,
      ],
      [
        'bytes that are not UTF-8',
        Buffer.from('---\ntitle: \xff\n---\n', 'latin1'),
        /:2:8 a byte that is not UTF-8: save/,
      ],
      [
        'a file with too much frontmatter',
        roadmapFile({ note: `'${'a'.repeat(1024 * 1024)}'` }),
        /the frontmatter has 1025 kB, the limit is 256 kB/,
      ],
      [
        'a slug with a space',
        roadmapFile(),
        /:1:1 the file's name gives the slug .*: use at most 255/,
      ],
    ];

    test('named files that cannot be read are refused, each with the position of the problem', async () => {
      const files: string[] = [];
      for (const [what, content] of REFUSED) {
        const name = what === 'a slug with a space' ? what : what.replaceAll(' ', '-');
        files.push(await write(`${name}.md`, content));
      }

      const { exitCode, err, out } = await run('import', ...files);

      expect([exitCode, out]).toEqual([
        1,
        [`Imported ${files.length} files: ${files.length} invalid`],
      ]);
      for (const [index, [what, , message]] of REFUSED.entries()) {
        const name = path.basename(files[index] ?? '');
        const own = err.filter((line) => line.includes(`${name}:`));
        expect([what, own.join('\n')]).toEqual([what, expect.stringMatching(message)]);
      }
    });

    test('a file that is named twice, or also found in a folder, counts once', async () => {
      const file = await write('kites/kites.md', roadmapFile());

      expect((await runCli('validate', folder, file, file)).out).toEqual([
        'Checked 1 file: 1 valid',
      ]);
    });

    test('two files with the same slug are both refused', async () => {
      await write('kites.md', roadmapFile());
      await write('kites/kites.md', roadmapFile());

      const { exitCode, err, out } = await run('import', folder);

      expect(exitCode).toBe(1);
      expect(err[0]).toMatch(
        /kites\.md:1:1 the slug 'kites' is also that of .*kites\.md: rename all but one$/
      );
      expect(out).toEqual(['Imported 2 files: 2 invalid']);
    });

    test('a missing path is an error, an empty folder is not', async () => {
      const missing = await run('import', path.join(folder, 'nowhere'));
      expect(missing.exitCode).toBe(1);
      expect(missing.err[0]).toMatch(/nowhere:1:1 no such file or folder/);

      const empty = await run('import', folder);
      expect(empty).toEqual({ exitCode: 0, out: ['Imported 0 files'], err: [] });
    });

    test('wrong usage is explained and exits with 2', async () => {
      const { exitCode, err } = await runCli('import', '--sideways', folder);

      expect(exitCode).toBe(2);
      expect(err.join('\n')).toMatch(/unknown option '--sideways'/);
    });
  });
});

test('validate checks files without a database, and --json prints the findings for machines', async () => {
  process.env.DATABASE_FILENAME = path.join(folder, 'never.db');
  process.env.DATABASE_URL = 'postgres://nobody@127.0.0.1:1/none';
  await write('kites/kites.md', roadmapFile({ order: "'two'" }));

  const { exitCode, out } = await runCli('validate', folder, '--json');

  expect(exitCode).toBe(1);
  expect(existsSync(path.join(folder, 'never.db'))).toBe(false);
  expect(JSON.parse(out.join('\n'))).toEqual({
    files: [
      {
        file: path.relative(process.cwd(), path.join(folder, 'kites/kites.md')),
        slug: 'kites',
        action: 'invalid',
        issues: [
          {
            code: 'invalid-type',
            severity: 'error',
            path: 'order',
            line: 2,
            column: 8,
            message: "expected a whole number, such as 2, found the text 'two'",
          },
        ],
      },
    ],
    leftAlone: 0,
    skipped: [],
  });
});

function aliasBomb(): string {
  const levels = Array.from({ length: 12 }, (_, level) =>
    level === 0
      ? 'l0: &l0 [a]'
      : `l${level}: &l${level} [${Array(10)
          .fill(`*l${level - 1}`)
          .join(', ')}]`
  );
  return ['---', ...levels, '---', ''].join('\n');
}
