import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createToken } from '../helpers/accounts';
import { runCli } from '../helpers/cli';
import { listen, startCms, useDatabase, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { ROADMAP } from '../helpers/roadmaps';
import { startServer, type ServerProcess } from '../helpers/server-process';
import { roadmapText } from '../helpers/uploads';

const LEASE = { type: 'plugin', name: 'frontmatter', key: 'server-lease' };
const POLL_MS = 100;

let database: TestDatabase;
let folder: string;
let file: string;

beforeAll(async () => {
  database = await createDatabase();
  useDatabase(database);
  folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-lease-'));
  file = path.join(folder, 'kites.md');
  await writeFile(file, roadmapText());
});

afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

/** Reads or changes the database while no server runs. */
async function withCms<T>(task: (cms: Cms) => Promise<T>): Promise<T> {
  const cms = await startCms(database);
  try {
    return await task(cms);
  } finally {
    await cms.stop();
  }
}

const countRoadmaps = () => withCms(({ strapi }) => strapi.documents(ROADMAP).count({}));

/** Waits for the lease: the server may answer requests shortly before it acquires it. */
async function untilRefused(): Promise<Awaited<ReturnType<typeof runCli>>> {
  for (;;) {
    const run = await runCli('import', path.join(folder, 'nothing-here.md'));
    if (run.exitCode === 2) return run;
    await wait(POLL_MS);
  }
}

if (databaseClient === 'postgres') {
  test('on PostgreSQL, an import works beside a running server', async () => {
    const server = await startServer(database);
    const { exitCode, out } = await runCli('import', file);
    const answer = await fetch(`${server.url}/api/frontmatter/roadmaps/kites.md`);
    await server.end('SIGTERM');

    expect([exitCode, out]).toEqual([0, ['Imported 1 file: 1 created']]);
    expect(await answer.text()).toBe(roadmapText());
  });
} else {
  describe('on SQLite, beside a running server', () => {
    let server: ServerProcess;
    let token: string;

    beforeAll(async () => {
      token = await withCms(({ strapi }) => createToken(strapi, 'full-access'));
      server = await startServer(database);
      await untilRefused();
    });

    afterAll(() => server.end('SIGKILL'));

    test('an import refuses to run, and says which process runs and what to do', async () => {
      const { exitCode, out, err } = await runCli('import', file);

      expect(exitCode).toBe(2);
      expect(out).toEqual([]);
      expect(err.join('\n')).toMatch(
        new RegExp(
          [
            `^error: A server runs on this SQLite database \\(process ${server.pid} on ${hostname()}, since \\d{4}-.*Z\\), and .*: nothing was written\\.`,
            'Stop it first, or send the files to it, with an API token:',
            `  npx frontmatter import <path> --url ${server.url} --token <token>$`,
          ].join('\n')
        )
      );
    });

    test('a reconcile that repairs refuses to run, and says what to do', async () => {
      const { exitCode, err } = await runCli('reconcile');
      const check = await runCli('reconcile', '--check');

      expect(exitCode).toBe(2);
      expect(err.join('\n')).toMatch(
        /: nothing was written\.\nRestart it: a server compares everything when it starts\.$/
      );
      expect([check.exitCode, check.out]).toEqual([0, ['0 documents differ']]);
    });

    test('reset-cursors refuses to run', async () => {
      const { exitCode, err } = await runCli('reset-cursors');

      expect(exitCode).toBe(2);
      expect(err.join('\n')).toMatch(/\nStop it, and start it again afterwards\.$/);
    });

    test('the command that the advice shows works', async () => {
      const sent = path.join(folder, 'sent.md');
      await writeFile(sent, roadmapText());

      const { exitCode, out } = await runCli(
        ...['import', sent, '--url', server.url, '--token', token]
      );

      await rm(sent);
      expect([exitCode, out]).toEqual([0, ['Imported 1 file: 1 created']]);
    });

    test('commands that only read keep working', async () => {
      const dryRun = await runCli('import', file, '--dry-run');
      const ifEmpty = await runCli('import', file, '--dry-run', '--if-empty');
      const validate = await runCli('validate', file);
      const exported = await runCli('export', folder, '--check');

      expect(dryRun.out).toEqual(['Would import 1 file: 1 created']);
      expect(ifEmpty.out).toEqual(["Imported nothing: 'roadmaps' already has documents"]);
      expect(validate.exitCode).toBe(0);
      expect(exported.exitCode).toBe(1); // sent.md is not in the folder
    });

    test('after a crash of the server, an import works at once, and nothing was written before', async () => {
      await server.end('SIGKILL');

      expect(await countRoadmaps()).toBe(1);
      const { exitCode, out } = await runCli('import', file);
      expect([exitCode, out]).toEqual([0, ['Imported 1 file: 1 created']]);
    });

    test('a server that is stopped releases its lease', async () => {
      const other = await startCms(database, { hasBackground: true });
      await listen(other);
      // The server that was killed left its lease.
      const find = async () => (await other.strapi.store.get(LEASE)) as { pid: number } | null;
      while ((await find())?.pid !== process.pid) await wait(POLL_MS);
      await other.stop();

      const lease = await withCms(({ strapi }) => strapi.store.get(LEASE));

      expect(lease).toBeNull();
    });
  });

  describe('the lease that a server left', () => {
    const MINUTE = 60_000;
    const HOUR = 60 * MINUTE;
    const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();
    /** A time ahead of now, so that the lease is still fresh when a slow machine reads it. */
    const now = (): string => ago(-HOUR);

    test.each<[string, object, number]>([
      ['elsewhere, a moment ago', { host: 'elsewhere' }, 2],
      ['elsewhere under the same process id', { host: 'elsewhere', pid: process.pid }, 2],
      ['elsewhere, more than a minute ago', { host: 'elsewhere', at: ago(1.1 * MINUTE) }, 0],
      ['here, by a process that is gone', { pid: 2 ** 22 + 1 }, 0],
      ['here, by a process that lives', { pid: process.ppid }, 2],
      ['here, by this very process', { pid: process.pid }, 0],
    ])('whether a server lease held %s stops an import', async (_, given, expected) => {
      const lease = { pid: 1, host: hostname(), url: 'http://x', since: now(), at: now() };
      await withCms(({ strapi }) => strapi.store.set({ ...LEASE, value: { ...lease, ...given } }));

      expect((await runCli('import', file)).exitCode).toBe(expected);
    });
  });
}
