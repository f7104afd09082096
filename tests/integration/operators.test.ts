import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, readFile, readdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { parse } from 'yaml';
import { createToken } from '../helpers/accounts';
import { listen, PROJECT_DIR, startCms, TEST_SECRETS } from '../helpers/cms';
import type { TestDatabase } from '../helpers/database';
import { readBlocks, readCommands, runCommands } from '../helpers/documented-commands';
import { startServer } from '../helpers/server-process';
import { openSql, type SqlRow } from '../helpers/sql';
import { copyCompiledApplication, type CompiledApplication } from '../helpers/strapi-commands';

const PAGE = 'docs/operators.md';
const METRICS_TOKEN = 'a-token-for-prometheus';
const SLUGS = ['woodworking', 'sailing', 'weaving'];

const commands = readCommands(PAGE);
const isPostgres = databaseClient === 'postgres';

/** Headings with commands, by database. Commands that need no database run on SQLite alone. */
const OF_SQLITE = [
  'A secret',
  'Is it up',
  'What a process counts',
  'Ask whether a file is still the same',
  'SQLite: back up',
  'SQLite: restore',
  'After a restore',
  'Export',
  'Import',
];
const OF_POSTGRES = ['PostgreSQL: back up', 'PostgreSQL: restore'];

const fileOf = (slug: string, order: number): string =>
  [
    '---',
    `title: "Number ${order}" # ${slug}`,
    `order:   ${order}`,
    `briefTitle: '${slug}'`,
    'briefDescription: Brief',
    'description: Long',
    'unknownKey: [kept]',
    '---',
    'Body',
  ].join('\n');

/** Commands that check whether a tool works here: an old `pg_dump` rejects a newer server. */
const TOOLS = isPostgres
  ? [['pg_dump', '--schema-only', '--exclude-schema=*', String(process.env.TEST_DATABASE_URL)]]
  : [
      ['sqlite3', '--version'],
      ['curl', '--version'],
    ];

/** Returns why the commands cannot run here; `undefined` if they can. */
function findMissingTool(): string | undefined {
  for (const [tool = '', ...args] of TOOLS) {
    const { error, status, stderr } = spawnSync(tool, args, { encoding: 'utf8' });
    if (error) return `${tool} is not installed`;
    if (status !== 0) return stderr.trim().replace(/\s+/g, ' ');
  }
  return undefined;
}

/** Like `describe`, but skips with the name of the missing tool if there is one. */
function describeWithTool(title: string, tests: () => void): void {
  const reason = findMissingTool();
  if (!reason) {
    describe(title, tests);
    return;
  }
  const advice = isPostgres ? '; TEST_DATABASE_URL may name a server of its version' : '';
  console.warn(`skipped '${title}' on ${databaseClient}: ${reason}${advice}`);
  test.skip(`${title} (${reason})`, () => {});
}

async function onServer(sql: string): Promise<void> {
  const client = new Client({ connectionString: process.env.TEST_DATABASE_URL });
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** Creates a database that can be dumped as a whole. */
async function createWholeDatabase(folder: string): Promise<TestDatabase> {
  if (!isPostgres) {
    await mkdir(path.join(folder, 'database'));
    const file = path.join(folder, 'database', 'data.db');
    await copyFile(String(process.env.TEST_TEMPLATE_FILE), file);
    return {
      env: { DATABASE_CLIENT: 'sqlite', DATABASE_FILENAME: file },
      drop: () => rm(file, { force: true }),
    };
  }
  const name = `operators_${randomBytes(6).toString('hex')}`;
  await onServer(`CREATE DATABASE ${name}`);
  const url = new URL(String(process.env.TEST_DATABASE_URL));
  url.pathname = name;
  return {
    env: { DATABASE_CLIENT: 'postgres', DATABASE_URL: url.href, DATABASE_SCHEMA: 'public' },
    drop: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`),
  };
}

test('every heading of the page with commands is in one of these lists', () => {
  expect([...commands.keys()].sort()).toEqual([...OF_SQLITE, ...OF_POSTGRES].sort());
});

test('every variable that the configuration reads is in the table of the page', async () => {
  const folder = path.join(PROJECT_DIR, 'config');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts'));
  const files = names.map((name) => readFile(path.join(folder, name), 'utf8'));
  const read = (await Promise.all(files)).join().matchAll(/\benv(?:\.\w+)?\('([A-Z_]+)'/g);
  const page = await readFile(path.join(PROJECT_DIR, PAGE), 'utf8');
  const missing = [...read]
    .map(([, name]) => String(name))
    .filter((name) => !page.includes(`\`${name}\``));

  expect(missing).toEqual([]);
});

describeWithTool('the commands of the page', () => {
  let application: CompiledApplication;
  let database: TestDatabase;
  let url: string;
  let stop: () => Promise<unknown>;
  let token: string;
  const done: string[] = [];

  /** Runs the commands under a heading, in the folder of the application. */
  async function runBelow(heading: string): Promise<string> {
    done.push(heading);
    const env = { ...TEST_SECRETS, ...database.env };
    const added = { URL: url, FRONTMATTER_METRICS_TOKEN: METRICS_TOKEN };
    const { folder } = application;
    return runCommands(commands.get(heading) ?? '', { folder, env: { ...env, ...added } });
  }

  /** Starts a server that `stop` kills, as in a disaster. */
  async function startToKill(): Promise<void> {
    const server = await startServer(database, {
      env: { FRONTMATTER_METRICS_TOKEN: METRICS_TOKEN },
    });
    url = server.url;
    stop = () => server.end('SIGKILL');
  }

  async function start(): Promise<void> {
    const cms = await startCms(database, { hasBackground: true });
    url = await listen(cms);
    stop = () => cms.stop();
  }

  async function put(slug: string, order: number): Promise<void> {
    const { ok, status } = await fetch(`${url}/api/frontmatter/roadmaps/${slug}`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'text/markdown' },
      body: fileOf(slug, order),
    });
    if (!ok) throw new Error(`PUT ${slug} answered ${status}`);
  }

  const read = async (slug: string): Promise<string> =>
    (await fetch(`${url}/api/frontmatter/roadmaps/${slug}.md`)).text();
  const readAll = (): Promise<string[]> => Promise.all(SLUGS.map(read));

  async function publications(): Promise<SqlRow[]> {
    const sql = await openSql(database);
    const rows = await sql.all(
      'SELECT seq, token, slug, text FROM frontmatter_publications ORDER BY seq'
    );
    await sql.close();
    return rows;
  }

  const newestTexts = (rows: SqlRow[]): unknown[] =>
    SLUGS.map((slug) => rows.findLast((row) => row.slug === slug)?.text);

  beforeAll(async () => {
    application = await copyCompiledApplication();
    // The command line looks for the compiled application there.
    await symlink('.', path.join(application.folder, 'dist'));
    database = await createWholeDatabase(application.folder);
    const cms = await startCms(database);
    token = await createToken(cms.strapi, 'full-access');
    await cms.stop();
    await startToKill();
    for (const slug of SLUGS) await put(slug, 0);
  });

  afterAll(async () => {
    await stop();
    await database.drop();
    await application.remove();
  });

  if (!isPostgres) {
    test('create a secret, request health and metrics, and compare entity tags', async () => {
      expect(await runBelow('A secret')).toMatch(/^[\w-]{43}\n$/);
      expect(await runBelow('Is it up')).toBe('');
      expect(await runBelow('Ask whether a file is still the same')).toBe('304\n');

      const metrics = await runBelow('What a process counts');
      const names = new Set([...metrics.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name));
      const isKnown = (name: string) =>
        name === 'up' || names.has(name) || names.has(name.replace(/_bucket$/, ''));
      const [rules] = readBlocks(PAGE, 'yaml').flatMap((block) => parse(block).groups ?? []);
      for (const { alert, expr } of rules.rules) {
        const used = [
          ...expr.matchAll(/\b(up|(?:frontmatter|deploy_hooks|nodejs|process)_\w+)\b/g),
        ];
        expect([alert, used.length > 0, used.every(([name]) => isKnown(name))]).toEqual([
          alert,
          true,
          true,
        ]);
      }
    });
  }

  test('back up a CMS that is being written to, and restore what readers got', async () => {
    const kind = isPostgres ? 'PostgreSQL' : 'SQLite';
    const before = (await publications()).length;
    let [order, isOver] = [0, false];
    const putNext = (): Promise<void> => {
      order += 1;
      return put(SLUGS[order % SLUGS.length] ?? '', order);
    };
    const backup = runBelow(`${kind}: back up`).finally(() => {
      isOver = true;
    });
    while (!isOver) await putNext();
    await backup;
    await putNext(); // not in the backup
    const original = await publications();
    await stop();

    await runBelow(`${kind}: restore`);

    const restored = await publications();
    expect(restored.length).toBeGreaterThanOrEqual(before);
    expect(restored.length).toBeLessThan(original.length);
    expect(restored).toEqual(original.slice(0, restored.length));
    expect(await runBelow('After a restore')).toContain('0 documents differ');
    await start();
    expect(await readAll()).toEqual(newestTexts(restored));
    await put('sailing', 1000);
    expect(await read('sailing')).toBe(fileOf('sailing', 1000));
  });

  if (!isPostgres) {
    test('move the content to another database', async () => {
      const texts = await readAll();
      await stop();
      await runBelow('Export');
      await database.drop();
      await runBelow('Import');
      await start();
      // The server publishes them when it compares everything after its start.
      while ((await publications()).length < SLUGS.length) {
        await read('sailing');
        await wait(50);
      }

      expect(await readAll()).toEqual(texts);
    });
  }

  test('were all run, except for those of the other database', () => {
    const expected = isPostgres ? [...OF_POSTGRES, 'After a restore'] : OF_SQLITE;

    expect(done.sort()).toEqual([...expected].sort());
  });
});
