import { randomUUID } from 'node:crypto';
import { watch, type FSWatcher } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'yaml';
import type { Reconciler } from '../../src/plugins/frontmatter/shared';
import { startCli, type CliProcess } from '../helpers/cli';
import { startCms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { openSql, type Sql } from '../helpers/sql';
import { readStored, type StoredRoadmap } from '../helpers/stored-roadmaps';

/** Texts of one set of files, by slug. */
type Edition = Map<string, string>;

const COUNT = 12;
const POLL_MS = 3;
/** What one document takes about; only the spread of the moments hangs on it. */
const DOCUMENT_MS = 80;

let database: TestDatabase;
let sql: Sql;
/** Files that are imported. */
let checkout: string;
/** Folder that is exported into; each time it begins with the same old files. */
let target: string;

beforeAll(async () => {
  database = await createDatabase();
  checkout = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-kills-'));
  target = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-kills-'));
  await toTheEnd('import', checkout); // nothing yet: makes the tables
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

/** A file with comments that links all others; every second one has CRLF. */
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

/** The files that an export meets are of an edition that the CMS never saw: it has to be told. */
const start = (verb: 'import' | 'export', folder: string): CliProcess =>
  startCli(database, verb, folder, ...(verb === 'export' ? ['--force'] : []));

async function toTheEnd(verb: 'import' | 'export', folder: string): Promise<string> {
  const { exitCode, output } = await start(verb, folder).ended;
  expect([exitCode, output]).toEqual([0, expect.anything()]);
  return output;
}

/** Kills at a moment of its work. Gives the signal that ended it, none if it was over before. */
async function killAt({ child, ended }: CliProcess, moment: Promise<void>) {
  await Promise.race([moment, ended]);
  child.kill('SIGKILL');
  return (await ended).signal;
}

const newestSeq = async () => Number((await sql.all('SELECT seq FROM frontmatter_lock'))[0]?.seq);

/** Kills in some part of the next document once the sequence of publications has come so far. */
async function killImport({ seq, part }: { seq: number; part: number }) {
  const run = start('import', checkout);
  let isOver = false;
  void run.ended.then(() => {
    isOver = true;
  });
  const moment = async () => {
    while ((await newestSeq()) < seq && !isOver) await wait(POLL_MS);
    await wait(part * DOCUMENT_MS);
  };
  return killAt(run, moment());
}

/** Kills with the so manyth change of a temporary file: it is made, written and renamed. */
async function killExport({ changes }: { changes: number }) {
  const run = start('export', target);
  const watchers: FSWatcher[] = [];
  const moment = new Promise<void>((resolve) => {
    let seen = 0;
    const onChange = (_event: string, name: string | null) => {
      if (name?.startsWith('.')) seen += 1;
      if (seen !== changes) return;
      run.child.kill('SIGKILL'); // at once: a turn later the next file is written
      resolve();
    };
    for (const slug of slugs) watchers.push(watch(path.join(target, slug), onChange));
  });
  const signal = await killAt(run, moment);
  for (const watcher of watchers) watcher.close();
  // It takes luck to meet the moment between the first byte and the renaming.
  const leftover = `.frontmatter-${run.child.pid}-${randomUUID()}.tmp`;
  await writeFile(path.join(target, slugs[0] ?? '', leftover), '---\norder: 1\nbriefTi');
  return signal;
}

const parsed = (text: string) => {
  const [, frontmatter = '', ...body] = text.replaceAll('\r\n', '\n').split(/^---\n/m);
  const { length_km: _unknown, ...data } = parse(frontmatter);
  return { frontmatter: data, body: body.join('---\n') };
};

/** Which edition a document is, once all that is stored of it agrees. */
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

/** Checks all documents, and gives how many there are of each edition. */
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
  // Nothing is there that only an import brought which was not finished, and nothing twice.
  expect(names.filter((name) => !texts.some((text) => text.includes(`'${name}'`)))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
  expect(strayComponents).toEqual([]);
  return counts;
}

/** Each file is as it was or as its document is now. */
async function expectWholeFiles(): Promise<void> {
  const { roadmaps } = await readStored(sql);
  for (const slug of slugs) {
    const now = roadmaps.get(slug)?.publications[0]?.text;
    const text = await readFile(fileOf(target, slug), 'utf8').catch(() => undefined);
    expect([slug, text]).toEqual([slug, text === now ? now : oldFiles.get(slug)]);
  }
}

/** Half of the files are there before an export, the others it creates. */
const oldFiles: Edition = new Map([...EDITIONS.old].filter((_, index) => index < COUNT / 2));

async function resetTarget(): Promise<void> {
  for (const slug of slugs) {
    await mkdir(path.join(target, slug), { recursive: true });
    await rm(fileOf(target, slug), { force: true });
  }
  await writeFiles(target, oldFiles);
}

/** Temporary files that killed exports left. */
async function leftovers(): Promise<string[]> {
  const names = await readdir(target, { recursive: true });
  return names.filter((name) => path.basename(name).startsWith('.'));
}

async function expectNoDifferences(): Promise<void> {
  const cms = await startCms(database);
  const reconciler = cms.strapi.plugin('frontmatter').service('reconciler') as Reconciler;
  const differences = await reconciler.reconcile({ check: true });
  await cms.stop();
  expect(differences).toEqual([]);
}

/**
 * How many documents are whole before an import is killed, in which part of the next, and with which
 * change of a temporary file an export is. With the last the import is about to link what was pending.
 */
const MOMENTS = [
  { documents: 1, part: 0.3, changes: 2 },
  { documents: 3, part: 0.5, changes: 4 },
  { documents: 5, part: 0.7, changes: 9 },
  { documents: 8, part: 0.9, changes: 14 },
  { documents: COUNT, part: 0.1, changes: 25 },
];

describe.each(['A', 'B'] as const)('edition %s', (name) => {
  let seqBefore: number;

  beforeAll(async () => {
    seqBefore = await newestSeq();
    await writeFiles(checkout, EDITIONS[name]);
  });

  describe.each(MOMENTS)('with $documents documents', ({ documents, part, changes }) => {
    test('an import that is killed leaves whole documents', async () => {
      const signal = await killImport({ seq: seqBefore + documents, part });

      if (documents < COUNT) expect(signal).toBe('SIGKILL');
      const counts = await expectWholeDocuments();
      expect(counts[name]).toBeGreaterThanOrEqual(documents);
    });

    test('an export that is killed leaves whole files', async () => {
      await resetTarget();

      expect(await killExport({ changes })).toBe('SIGKILL');

      await expectWholeFiles();
      await expectWholeDocuments();
    });
  });

  test('both come to their end when they are run again, and all agrees', async () => {
    expect(await toTheEnd('import', checkout)).toMatch(/^Imported 12 files: .*unchanged/m);
    expect(await expectWholeDocuments()).toMatchObject({ [name]: COUNT });
    await resetTarget();
    await toTheEnd('export', target);

    for (const [slug, text] of EDITIONS[name]) {
      expect(await readFile(fileOf(target, slug), 'utf8')).toBe(text);
    }
    expect(await leftovers()).toEqual([]);
    expect(await toTheEnd('import', target)).toMatch(/^Imported 12 files: 12 unchanged/m);
    await expectNoDifferences();
  });
});
