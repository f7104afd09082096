// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import path from 'node:path';
import { PROJECT_DIR, TEST_SECRETS } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';

const run = promisify(execFile);
const STRAPI = path.join(PROJECT_DIR, 'node_modules/@strapi/strapi/bin/strapi.js');

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase({ isEmpty: true });
});

afterAll(() => database.drop());

/** What `npm start` prints as errors when it refuses, without times and colours. */
async function errorLinesOfStart(env: Record<string, string>): Promise<string[]> {
  const failure = await run(process.execPath, [STRAPI, 'start'], {
    cwd: PROJECT_DIR,
    env: { PATH: process.env.PATH, ENV_PATH: 'no-such-file', LOG_LEVEL: 'error', ...env },
  }).then(
    () => new Error('the server started'),
    (error: Error & { code: number; stdout: string; stderr: string }) => error
  );
  expect(failure).toMatchObject({ code: 1 });
  const { stdout, stderr } = failure as Error & { stdout: string; stderr: string };
  return `${stdout}${stderr}`
    .split('\n')
    .map((line) => line.replace(/^\[.*?\] \S*error\S*: /, ''))
    .filter((line) => line.trim() !== '');
}

test('without secrets the start ends with one line that names them all', async () => {
  const { APP_KEYS: _keys, JWT_SECRET: _jwt, ...rest } = TEST_SECRETS;

  expect(await errorLinesOfStart({ ...database.env, ...rest })).toEqual([
    'Cannot start without APP_KEYS, JWT_SECRET: set them in the environment or in .env (npm run quickstart writes one with random secrets)',
  ]);
});

test('without an address of PostgreSQL the start ends with one line', async () => {
  expect(await errorLinesOfStart({ ...TEST_SECRETS, DATABASE_CLIENT: 'postgres' })).toEqual([
    'DATABASE_CLIENT is postgres and DATABASE_URL is missing: set it to postgres://user:password@host:5432/database',
  ]);
});

test('a database that does not answer ends the start with one line that keeps the password to itself', async () => {
  const env = { DATABASE_CLIENT: 'postgres', DATABASE_URL: 'postgres://me:hush@127.0.0.1:1/none' };

  expect(await errorLinesOfStart({ ...TEST_SECRETS, ...env })).toEqual([
    'The database does not answer (connect ECONNREFUSED 127.0.0.1:1): check DATABASE_URL and that the database runs',
  ]);
});

test('a database client that is not supported ends the start with one line', async () => {
  expect(await errorLinesOfStart({ ...TEST_SECRETS, DATABASE_CLIENT: 'mysql' })).toEqual([
    "DATABASE_CLIENT is 'mysql': use sqlite or postgres",
  ]);
});

test('a token for the metrics that can be guessed refuses the start', async () => {
  const env = { ...database.env, FRONTMATTER_METRICS_TOKEN: 'too-short' };

  const [line] = await errorLinesOfStart({ ...TEST_SECRETS, ...env });
  expect(line).toBe(
    'Error regarding frontmatter config: FRONTMATTER_METRICS_TOKEN has 9 characters and needs at least 16: set a longer one, or none to turn the metrics off'
  );
});

test('a hook that is declared wrongly refuses the start, which names the place and not the secret', async () => {
  const declared = [{ name: 'docs', url: 'https://example.org/hush', secret: 'hush' }];
  const env = { ...database.env, DEPLOY_HOOKS_DECLARED: JSON.stringify(declared) };

  expect(await errorLinesOfStart({ ...TEST_SECRETS, ...env })).toEqual([
    'DEPLOY_HOOKS_DECLARED[0]: secret: must begin with whsec_',
  ]);
});
