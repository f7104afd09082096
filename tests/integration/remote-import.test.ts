// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FindCollections } from '../../src/plugins/frontmatter/shared';
import { createToken } from '../helpers/accounts';
import { runCli } from '../helpers/cli';
import { startCms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { startProxy } from '../helpers/proxy';
import { startServer } from '../helpers/server-process';
import { roadmapText, roadmapUrl } from '../helpers/uploads';

/** More than one request takes. */
const COUNT = 70;
const PER_REQUEST = 50;

const slugs = Array.from({ length: COUNT }, (_, index) => `trail-${index + 1}`);

/** Each links the first, the last and its neighbour, and together they come in other requests. */
const textOf = (index: number): string =>
  roadmapText({
    order: `${index}`,
    relatedRoadmaps: `[${[...new Set([slugs[0], slugs.at(-1), slugs[(index + 1) % COUNT]])].join(', ')}]`,
  });

const TEXTS = new Map(slugs.map((slug, index) => [slug, textOf(index)]));

let folder: string;
let database: TestDatabase;
let token: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-remote-'));
  for (const [slug, text] of TEXTS) await writeFile(path.join(folder, `${slug}.md`), text);
});

afterAll(() => rm(folder, { recursive: true }));

beforeEach(async () => {
  database = await createDatabase();
  const cms = await startCms(database);
  token = await createToken(cms.strapi, 'full-access');
  await cms.stop();
});

afterEach(() => database.drop());

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

async function publishedCount(url: string): Promise<number> {
  const answer = await fetch(`${url}/api/frontmatter`);
  const { data } = (await answer.json()) as FindCollections.Response;
  return data[0]?.count ?? 0;
}

const isImport = (request: string): boolean => request.startsWith('POST /api/frontmatter/import?');

test('an import of many files takes several requests, and none misses what comes in another', async () => {
  const server = await startServer(database);
  const proxy = await startProxy(server.url);

  const planned = await importInto(proxy.url, '--dry-run');
  const empty = await importInto(proxy.url, '--if-empty');
  const full = await importInto(proxy.url, '--if-empty');
  const texts = await readAll(server.url);
  proxy.stop();
  await server.end('SIGTERM');

  expect(planned).toEqual({ exitCode: 0, out: ['Would import 70 files: 70 created'], err: [] });
  expect(empty).toEqual({ exitCode: 0, out: ['Imported 70 files: 70 created'], err: [] });
  expect(full.out).toEqual(["Imported nothing: 'roadmaps' holds documents already"]);
  expect(proxy.requests.filter(isImport)).toHaveLength(2 * Math.ceil(COUNT / PER_REQUEST));
  expect(texts).toEqual(TEXTS);
});

test('a server that is killed during an import has whole files, and running it again does the rest', async () => {
  const first = await startServer(database);
  let killed = Promise.resolve();
  const killLater = async () => {
    while ((await publishedCount(first.url)) < PER_REQUEST + 2);
    await first.end('SIGKILL');
  };
  const proxy = await startProxy(first.url, {
    onRequest(requests) {
      if (requests.filter(isImport).length === 2) killed = killLater();
    },
  });

  const broken = await importInto(proxy.url);
  await killed;
  proxy.stop();
  const second = await startServer(database);
  const left = await readAll(second.url);
  const again = await importInto(second.url);
  const texts = await readAll(second.url);
  await second.end('SIGTERM');

  expect([broken.exitCode, broken.out]).toEqual([2, []]);
  expect(broken.err.join('\n')).toMatch(
    /^error: http.* cannot be reached \(.*\): check .*\n50 files were gone through before: run the import again, without --if-empty, and it does the rest$/
  );
  expect(left.size).toBeGreaterThanOrEqual(PER_REQUEST + 2);
  expect(left.size).toBeLessThan(COUNT);
  expect([...left].filter(([slug, text]) => TEXTS.get(slug) !== text)).toEqual([]);
  expect(again.exitCode).toBe(0);
  expect(again.err).toEqual([]);
  expect(texts).toEqual(TEXTS);
});
