import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import type { Reconciler } from '../../src/plugins/frontmatter/shared';
import { runCli, startCli } from '../helpers/cli';
import { startCms, useDatabase } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { atDepth } from '../helpers/depth';
import { killedAt, STATEMENTS, type KillPoint } from '../helpers/kill-points';
import { openSql, type Sql } from '../helpers/sql';
import { readStored, type StoredRoadmap } from '../helpers/stored-roadmaps';

/** Texts of one set of files, by slug. */
type Edition = Map<string, string>;

const COUNT = 12;

let database: TestDatabase;
let sql: Sql;
/** Folder of the files to import. */
let checkout: string;
/** Folder to export into; each export starts with the same old files. */
let target: string;

beforeAll(async () => {
  database = await createDatabase();
  useDatabase(database);
  checkout = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-kills-'));
  target = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-kills-'));
  sql = await openSql(database);
});

afterAll(async () => {
  await sql.close();
  await database.drop();
  await rm(checkout, { recursive: true });
  await rm(target, { recursive: true });
});

const slugs = Array.from(
  { length: COUNT },
  (_, index) => `trail-${String(index).padStart(2, '0')}`
);

/** A file with comments that links to all others; every second one has CRLF. */
function roadmapFile(index: number, edition: 'A' | 'B' | 'old'): string {
  const slug = slugs[index];
  const others = [...slugs.slice(index + 1), ...slugs.slice(0, index)];
  const related = edition === 'B' ? others.reverse() : others;
  const keywords = [`${slug} trail`, `walking ${edition}`, `${slug} map ${edition}`];
  const text = `---
# Edition ${edition}
order: ${index + 1} # its place
briefTitle: 'Trail ${index}'
briefDescription: "Walk it, edition ${edition}"
title: 'Trail number ${index}, edition ${edition}'
description: 'From the station to the ridge, edition ${edition}'
note: |-
  Bring water.

  - And a map of edition ${edition}
length_km: ${index * 3.5} # a key that the CMS does not know
sponsor:
  url: 'https://example.org/boots-${edition}'
  title: 'Boots ${edition} ${index % 3}'
schema:
  headline: 'Trail ${index} ${edition}'
  datePublished: '2024-02-0${(index % 9) + 1}'
  dateModified: '2025-0${edition === 'B' ? 6 : 3}-1${index % 10}'
seo:
  title: 'Trail ${index}: all steps, edition ${edition}'
  keywords:
${keywords.map((keyword) => `    - '${keyword}'`).join('\n')}
relatedRoadmaps:
${related.map((other) => `  - '${other}'`).join('\n')}
tags: ['trail', 'edition-${edition.toLowerCase()}']
---

# Trail ${index}

Words of edition ${edition}.
`;
  return index % 2 === 1 ? text.replaceAll('\n', '\r\n') : text;
}

const editionOf = (name: 'A' | 'B' | 'old'): Edition =>
  new Map(slugs.map((slug, index) => [slug, roadmapFile(index, name)]));

const EDITIONS = { A: editionOf('A'), B: editionOf('B'), old: editionOf('old') };

const fileOf = (folder: string, slug: string) => path.join(folder, slug, `${slug}.md`);

async function writeFiles(folder: string, edition: Edition): Promise<void> {
  for (const [slug, text] of edition) {
    await mkdir(path.dirname(fileOf(folder, slug)), { recursive: true });
    await writeFile(fileOf(folder, slug), text);
  }
}

type Verb = 'import' | 'export';

/** An export finds files of an edition that the CMS never saw, so it needs `--force`. */
const argsOf = (verb: Verb): string[] =>
  verb === 'import' ? ['import', checkout] : ['export', target, '--force'];

async function toTheEnd(...args: string[]): Promise<string> {
  const { exitCode, out, err } = await runCli(...args);
  expect([exitCode, err]).toEqual([0, expect.anything()]);
  return out.join('\n');
}

/** Runs a command that kills itself at a point of its work. Returns its process id. */
async function kill(verb: Verb, point: KillPoint): Promise<number | undefined> {
  const { child, ended } = startCli(
    { env: { ...database.env, ...killedAt(point) } },
    ...argsOf(verb)
  );
  expect(await ended).toMatchObject({ signal: 'SIGKILL' });
  return child.pid;
}

const parsed = (text: string) => {
  const [, frontmatter = '', ...body] = text.replaceAll('\r\n', '\n').split(/^---\n/m);
  const { length_km: _unknown, ...data } = parse(frontmatter);
  return { frontmatter: data, body: body.join('---\n') };
};

/** Checks that everything stored of a document agrees, and returns its edition. */
function wholeEditionOf(slug: string, { drafts, published, ...stored }: StoredRoadmap) {
  const { publications, references } = stored;
  const edition = (['A', 'B'] as const).find(
    (name) => EDITIONS[name].get(slug) === publications[0]?.text
  );
  const text = (edition && EDITIONS[edition].get(slug)) ?? 'a half document';
  const { frontmatter, body } = parsed(text);
  const version = { frontmatter, body, source: text };
  expect({ slug, drafts, published }).toMatchObject({
    slug,
    drafts: [version],
    published: [version],
  });
  for (const { linked, known } of drafts) expect([slug, linked]).toEqual([slug, known]);
  expect(publications).toMatchObject([{ slug, state: 'live' }]);
  expect(JSON.parse(String(publications[0]?.data))).toMatchObject(frontmatter);
  const { sponsor, seo, relatedRoadmaps, tags } = frontmatter;
  expect(references.sort()).toEqual(
    [
      `sponsor ${sponsor.title}`,
      ...seo.keywords.map((keyword: string) => `seo.keywords ${keyword}`),
      ...relatedRoadmaps.map((related: string) => `relatedRoadmaps ${related}`),
      ...tags.map((tag: string) => `tags ${tag}`),
    ].sort()
  );
  return edition;
}

/** Checks all documents, and returns how many there are of each edition. */
async function expectWholeDocuments() {
  const content = await readStored(sql);
  const counts = { A: 0, B: 0 };
  for (const [slug, stored] of content.roadmaps) {
    const edition = wholeEditionOf(slug, stored);
    if (edition) counts[edition] += 1;
  }
  const { seqs, newestSeq, names, texts, strayComponents } = content;
  expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  expect(newestSeq).toBe(seqs.length);
  // No keyword, tag or sponsor is left over from an unfinished import, and none exists twice.
  expect(names.filter((name) => !texts.some((text) => text.includes(`'${name}'`)))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
  expect(strayComponents).toEqual([]);
  return counts;
}

/** Checks that each file is either as before or as its document is now; counts the latter. */
async function expectWholeFiles(): Promise<number> {
  const { roadmaps } = await readStored(sql);
  let renewed = 0;
  for (const slug of slugs) {
    const now = roadmaps.get(slug)?.publications[0]?.text;
    const text = await readFile(fileOf(target, slug), 'utf8').catch(() => undefined);
    const isNow = text !== undefined && text === now;
    expect([slug, text]).toEqual([slug, isNow ? now : oldFiles.get(slug)]);
    if (isNow) renewed += 1;
  }
  return renewed;
}

/** Half of the files exist before an export, which creates the others. */
const oldFiles: Edition = new Map([...EDITIONS.old].filter((_, index) => index < COUNT / 2));

async function resetTarget(): Promise<void> {
  for (const slug of slugs) {
    await mkdir(path.join(target, slug), { recursive: true });
    await rm(fileOf(target, slug), { force: true });
  }
  await writeFiles(target, oldFiles);
}

/** Temporary files that killed exports left behind, as paths in the target. */
async function leftovers(): Promise<string[]> {
  const names = await readdir(target, { recursive: true });
  return names.filter((name) => path.basename(name).startsWith('.'));
}

/** The content of the temporary file of a killed export; `undefined` if it left none. */
async function readLeftover(pid: number | undefined): Promise<string | undefined> {
  const name = (await leftovers()).find((name) => name.includes(`-${pid}-`));
  return name === undefined ? undefined : readFile(path.join(target, name), 'utf8');
}

async function expectNoDifferences(): Promise<void> {
  const cms = await startCms(database);
  const reconciler = cms.strapi.plugin('frontmatter').service('reconciler') as Reconciler;
  const differences = await reconciler.reconcile({ check: true });
  await cms.stop();
  expect(differences).toEqual([]);
}

interface ImportKill {
  /** Documents that are whole afterwards. */
  whole: number;
  moment: string;
  /** Steps after the lock of the next document, or of the last one if that is committed. */
  then: KillPoint['after'];
  when: KillPoint['when'];
  isCommitted?: boolean;
  /** Number of transactions after all documents. */
  linking?: number;
}

interface ExportKill {
  /** Position of the file in the export, from 1. */
  file: number;
  step: 'create' | 'write' | 'rename';
  when: KillPoint['when'];
}

const { row, removal, links, publication, references, commit } = STATEMENTS;
const toCommit = [{ step: references }, { step: commit }];

/** Edition A creates the documents, edition B changes them. */
const KILLS: Record<'A' | 'B', [ImportKill, ExportKill][]> = {
  A: [
    [
      { whole: 1, moment: 'after the row of a draft', then: [{ step: row }], when: 'after' },
      { file: 1, step: 'create', when: 'after' },
    ],
    [
      { whole: 4, moment: 'before the commit of a document', then: toCommit, when: 'before' },
      { file: 3, step: 'rename', when: 'before' },
    ],
    [
      {
        whole: 7,
        moment: 'right after the commit of a document',
        then: toCommit,
        when: 'after',
        isCommitted: true,
      },
      { file: 7, step: 'rename', when: 'after' },
    ],
    [
      {
        whole: 10,
        moment: 'while what is published is linked',
        then: [{ step: row, count: 2 }, { step: links }],
        when: 'before',
      },
      { file: 9, step: 'write', when: 'after' },
    ],
    [
      {
        whole: COUNT,
        moment: 'while links that were pending are made',
        // One transaction links twenty rows, and this is the next one.
        then: [{ step: row }],
        when: 'after',
        linking: 1,
      },
      { file: 5, step: 'write', when: 'half' },
    ],
  ],
  B: [
    [
      { whole: 1, moment: 'before a document is written', then: [], when: 'after' },
      { file: COUNT, step: 'create', when: 'before' },
    ],
    [
      {
        whole: 4,
        moment: 'once the published row is removed',
        then: [{ step: removal }],
        when: 'after',
      },
      { file: 8, step: 'write', when: 'half' },
    ],
    [
      { whole: 7, moment: 'before the commit of a document', then: toCommit, when: 'before' },
      { file: 4, step: 'rename', when: 'before' },
    ],
    [
      {
        whole: 10,
        moment: 'between a publication and its references',
        then: [{ step: publication }],
        when: 'after',
      },
      { file: 2, step: 'write', when: 'half' },
    ],
    [
      {
        whole: COUNT,
        moment: 'right after the commit of the last document',
        then: toCommit,
        when: 'after',
        isCommitted: true,
      },
      { file: COUNT, step: 'rename', when: 'after' },
    ],
  ],
};

/** The kills that run, by their index in the list of each edition. */
const CHOSEN = atDepth({
  short: { A: [4], B: [2] },
  full: { A: [0, 1, 2, 3, 4], B: [0, 1, 2, 3, 4] },
});

describe.each(['A', 'B'] as const)('edition %s', (name) => {
  /** Number of documents that were whole before. */
  let before = 0;

  beforeAll(async () => {
    await writeFiles(checkout, EDITIONS[name]);
  });

  const chosen = KILLS[name].filter((_, place) => CHOSEN[name].includes(place));
  for (const [killedImport, killedExport] of chosen) {
    const { whole, moment, then, when, isCommitted = false, linking = 0 } = killedImport;
    const { file, step, when: half } = killedExport;

    test(`an import that is killed ${moment} leaves ${whole} whole documents`, async () => {
      const count = whole - before + (isCommitted ? 0 : 1) + linking;
      await kill('import', { after: [{ step: STATEMENTS.lock, count }, ...then], when });

      expect(await expectWholeDocuments()).toMatchObject({ [name]: whole });
      before = whole;
    });

    test(`an export that is killed with the ${step} of file ${file}, ${half} it, leaves whole files`, async () => {
      await resetTarget();
      const isRenamed = step === 'rename' && half === 'after';
      const isCreated = step !== 'create' || half === 'after';

      const pid = await kill('export', { after: [{ step: `^${step}`, count: file }], when: half });

      expect(await expectWholeFiles()).toBe(isRenamed ? file : file - 1);
      await expectWholeDocuments();
      const leftover = await readLeftover(pid);
      expect(leftover !== undefined).toBe(isCreated && !isRenamed);
      if (half === 'half') expect(leftover).toMatch(/^---\r?\n# Edition [AB]\r?\n.*[^\n]$/s);
    });
  }

  test('both finish when they are run again, and nothing differs', async () => {
    expect(await toTheEnd('import', checkout)).toMatch(/^Imported 12 files: .*unchanged/m);
    expect(await expectWholeDocuments()).toMatchObject({ [name]: COUNT });
    await resetTarget();
    await toTheEnd(...argsOf('export'));

    for (const [slug, text] of EDITIONS[name]) {
      expect(await readFile(fileOf(target, slug), 'utf8')).toBe(text);
    }
    expect(await leftovers()).toEqual([]);
    expect(await toTheEnd('import', target)).toMatch(/^Imported 12 files: 12 unchanged/m);
    await expectNoDifferences();
  });
});
