import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createToken } from '../helpers/accounts';
import { listen, startCms, type Cms } from '../helpers/cms';
import { createDatabase } from '../helpers/database';
import { roadmapText, roadmapUrl } from '../helpers/uploads';

const DISK_BYTES = 8 * 2 ** 20;
/** Size of a file that is removed to make room again. */
const BALLAST_BYTES = 2 ** 20;
const WRITES = 40;
const BODY = 'Words that fill the disk.\n'.repeat(2_000);

const folder = path.join(tmpdir(), `roadmap-cms-disk-${process.pid}`);

/** Mounts a small file system, or returns why that is not possible. */
function reasonToSkip(): string | undefined {
  if (databaseClient === 'postgres') return 'the disk is that of the PostgreSQL server';
  mkdirSync(folder);
  try {
    const options = ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', folder];
    execFileSync('mount', options, { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'no small file system can be mounted without root, or on this system';
  }
}

const reason = reasonToSkip();

const describeWithDisk = (title: string, tests: () => void): void => {
  if (reason === undefined) {
    describe(title, tests);
    return;
  }
  console.log(`skipped: ${reason}`);
  test.skip(`${title} (${reason})`, () => {});
};

describeWithDisk('a CMS whose disk is full', () => {
  let cms: Cms;
  let url: string;
  let logged: jest.SpyInstance;
  let token: string;
  /** What PUT answered, by slug. */
  const answers = new Map<string, { status: number; message: string }>();

  const put = (slug: string, body: string): Promise<Response> =>
    fetch(`${url}${roadmapUrl(slug)}`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'text/markdown' },
      body: roadmapText({ title: `'${slug}'` }, body),
    });

  const readStatus = async (slug: string): Promise<number> =>
    (await fetch(`${url}${roadmapUrl(`${slug}.md`)}`)).status;

  beforeAll(async () => {
    const database = await createDatabase();
    const file = path.join(folder, 'test.db');
    await copyFile(String(database.env.DATABASE_FILENAME), file);
    await database.drop();
    await writeFile(path.join(folder, 'ballast'), Buffer.alloc(BALLAST_BYTES));
    const env = { ...database.env, DATABASE_FILENAME: file };
    cms = await startCms({ ...database, env }, { hasBackground: true });
    token = await createToken(cms.strapi, 'full-access');
    logged = jest.spyOn(cms.strapi.log, 'error').mockImplementation();
    url = await listen(cms);
    for (let count = 0; count < WRITES; count += 1) {
      const response = await put(`page-${count}`, BODY);
      const { error } = (await response.json()) as { error?: { message: string } };
      const message = error?.message ?? '';
      answers.set(`page-${count}`, { status: response.status, message });
    }
  });

  afterAll(async () => {
    await cms.stop();
    execFileSync('umount', [folder]);
    await rm(folder, { recursive: true });
  });

  test('answers 507 with advice, and logs the error', () => {
    const rejected = [...answers.values()].filter(({ status }) => status !== 201);
    const message = expect.stringMatching(/disk .* is full.*: free some space/);

    const lines = new Set(logged.mock.calls.map(([line]) => String(line)));
    expect([...lines]).toEqual([expect.stringContaining('SQLITE_FULL')]);
    expect(rejected.length).toBeGreaterThan(0);
    expect(rejected).toEqual(rejected.map(() => ({ status: 507, message })));
  });

  test('every document that it reported as saved can be read, and no other', async () => {
    const read = new Map<string, number>();
    for (const slug of answers.keys()) read.set(slug, await readStatus(slug));
    const saved = [...answers].map(([slug, { status }]) => [slug, status === 201 ? 200 : 404]);

    expect([...read]).toEqual(saved);
  });

  test('saves again once there is room', async () => {
    await rm(path.join(folder, 'ballast'));

    expect((await put('afterwards', '')).status).toBe(201);
    expect(await readStatus('afterwards')).toBe(200);
  });
});
