// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createToken } from '../helpers/accounts';
import { runCli } from '../helpers/cli';
import { listen, startCms } from '../helpers/cms';
import { createDatabase } from '../helpers/database';
import { killedAt, STATEMENTS } from '../helpers/kill-points';
import { startProxy } from '../helpers/proxy';
import { startServer } from '../helpers/server-process';
import { roadmapText, roadmapUrl } from '../helpers/uploads';

/** More files than one request holds. */
const COUNT = 54;
const PER_REQUEST = 50;

const slugs = Array.from({ length: COUNT }, (_, index) => `trail-${index + 1}`);

/** Each file links to the first, the last and the next one, which may be in other requests. */
const textOf = (index: number): string =>
  roadmapText({
    order: `${index}`,
    relatedRoadmaps: `[${[...new Set([slugs[0], slugs.at(-1), slugs[(index + 1) % COUNT]])].join(', ')}]`,
  });

const TEXTS = new Map(slugs.map((slug, index) => [slug, textOf(index)]));

let folder: string;
let token: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-remote-'));
  for (const [slug, text] of TEXTS) await writeFile(path.join(folder, `${slug}.md`), text);
});

afterAll(() => rm(folder, { recursive: true }));

const importInto = (url: string, ...args: string[]) =>
  runCli('import', folder, '--url', url, '--token', token, ...args);

/** Texts that readers get, by slug. */
async function readAll(url: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const slug of slugs) {
    const answer = await fetch(url + roadmapUrl(`${slug}.md`));
    if (answer.ok) texts.set(slug, await answer.text());
  }
  return texts;
}

const isImport = (request: string): boolean => request.startsWith('POST /api/frontmatter/import?');

test('an import of many files uses several requests, and links across requests are not missed', async () => {
  const cms = await startCms();
  token = await createToken(cms.strapi, 'full-access');
  const proxy = await startProxy(await listen(cms));

  const planned = await importInto(proxy.url, '--dry-run');
  const empty = await importInto(proxy.url, '--if-empty');
  const full = await importInto(proxy.url, '--if-empty');
  const texts = await readAll(proxy.url);
  proxy.stop();
  await cms.stop();

  expect(planned).toEqual({ exitCode: 0, out: ['Would import 54 files: 54 created'], err: [] });
  expect(empty).toEqual({ exitCode: 0, out: ['Imported 54 files: 54 created'], err: [] });
  expect(full.out).toEqual(["Imported nothing: 'roadmaps' already has documents"]);
  expect(proxy.requests.filter(isImport)).toHaveLength(2 * Math.ceil(COUNT / PER_REQUEST));
  expect(texts).toEqual(TEXTS);
});

test('a server that is killed during an import has whole files, and a second run does the rest', async () => {
  const database = await createDatabase();
  const prepared = await startCms(database);
  token = await createToken(prepared.strapi, 'full-access');
  await prepared.stop();
  const step = STATEMENTS.publication;
  const env = killedAt({ after: [{ step, count: PER_REQUEST + 3 }], when: 'before' });
  const first = await startServer(database, { env });

  const broken = await importInto(first.url);
  const signal = await first.ended;
  const cms = await startCms(database);
  const url = await listen(cms);
  const left = await readAll(url);
  const again = await importInto(url);
  const texts = await readAll(url);
  await cms.stop();
  await database.drop();

  expect(signal).toBe('SIGKILL');
  expect([broken.exitCode, broken.out]).toEqual([2, []]);
  expect(broken.err.join('\n')).toMatch(
    /^error: http.* cannot be reached \(.*\): check .*\n50 files were processed before: run the import again without --if-empty to do the rest$/
  );
  expect(left.size).toBe(PER_REQUEST + 2);
  expect([...left].filter(([slug, text]) => TEXTS.get(slug) !== text)).toEqual([]);
  expect(again.exitCode).toBe(0);
  expect(again.err).toEqual([]);
  expect(texts).toEqual(TEXTS);
});
