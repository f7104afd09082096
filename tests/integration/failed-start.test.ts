import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createToken } from '../helpers/accounts';
import { listen, startCms, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { buildGrownApplication, type GrownApplication } from '../helpers/grown-application';
import { startServer, type ServerProcess } from '../helpers/server-process';
import { roadmapText, roadmapUrl } from '../helpers/uploads';

type Server = Pick<ServerProcess, 'url'>;

const REASON = 'This version cannot start';

const describeOnPostgres = (title: string, tests: () => void): void => {
  if (databaseClient === 'postgres') {
    describe(title, tests);
    return;
  }
  const why = 'SQLite is for one process: no other one waits to write';
  console.log(`skipped on SQLite: ${why}`);
  test.skip(`${title} (${why})`, () => {});
};

describeOnPostgres('a version with more keys that fails to start beside a running one', () => {
  let database: TestDatabase;
  let grown: GrownApplication;
  /** The module that the grown application runs at the end of its start. */
  let entry: string;
  let code: string;
  /** Runs the old application, in this process. */
  let cms: Cms;
  let old: Server;
  let token: string;

  const put = async (server: Server, slug: string, level?: string): Promise<number> => {
    const { status } = await fetch(`${server.url}${roadmapUrl(slug)}`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'text/markdown' },
      body: roadmapText({ title: `'${slug}'`, level }),
    });
    return status;
  };

  async function readLevel({ url }: Server, slug: string): Promise<unknown> {
    const answer = await fetch(`${url}/api/roadmaps?filters[slug]=${slug}`);
    const { data } = (await answer.json()) as { data: { level?: unknown }[] };
    return data[0]?.level;
  }

  async function failToStart(): Promise<void> {
    await writeFile(entry, code);
    await appendFile(
      entry,
      `exports.default.bootstrap = () => { throw new Error('${REASON}'); };\n`
    );
    await expect(startServer(database, { distDir: grown.distDir })).rejects.toThrow(
      'the server ended with 1'
    );
    expect(await grown.readLog()).toContain(REASON);
  }

  beforeAll(async () => {
    database = await createDatabase();
    grown = await buildGrownApplication();
    entry = path.join(grown.distDir, 'src/index.js');
    code = await readFile(entry, 'utf8');
    cms = await startCms(database, { hasBackground: true });
    token = await createToken(cms.strapi, 'full-access');
    old = { url: await listen(cms) };
    await put(old, 'plain');
  });

  afterAll(async () => {
    await cms.stop();
    await grown.remove();
    await database.drop();
  });

  test('leaves the running version able to write', async () => {
    await failToStart();

    expect(await put(old, 'plain')).toBe(200);
    expect(await put(old, 'with-level', '7')).toBe(201);
  });

  test('fills its keys at the next start, even from what was written meanwhile', async () => {
    await writeFile(entry, code);
    const server = await startServer(database, { distDir: grown.distDir });
    const level = await readLevel(server, 'with-level');
    await server.end('SIGTERM');

    expect(level).toBe(7);
  });

  test('gives way to an old version that is started again', async () => {
    expect(await put(old, 'plain')).toBe(503);
    const again = await startServer(database);

    expect(await put(again, 'plain')).toBe(200);
    expect(await put(old, 'plain')).toBe(200);
    await again.end('SIGTERM');
  });

  test('keeps others from writing once it has filled documents', async () => {
    await failToStart();

    expect(await put(old, 'plain')).toBe(503);
  });
});
