// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import path from 'node:path';
import { PROJECT_DIR, TEST_SECRETS } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';

const run = promisify(execFile);
const STRAPI = path.join(PROJECT_DIR, 'node_modules/@strapi/strapi/bin/strapi.js');
const START_IN_TURN = path.join(__dirname, '../helpers/start-in-turn.js');
const ONE_PROCESS = { cwd: PROJECT_DIR, env: { PATH: process.env.PATH, ENV_PATH: 'no-such-file' } };

let database: TestDatabase;
/** What each start printed before it ended the process. */
const outcomes = new Map<string, Outcome>();

interface Outcome {
  exitCode: number;
  /** Lines of the log, without times and colors. */
  lines: string[];
}

/** Environment variables of starts that must fail, by what is wrong with them. */
const starts = () => ({
  'no address of PostgreSQL': { DATABASE_CLIENT: 'postgres' },
  'no database': {
    DATABASE_CLIENT: 'postgres',
    DATABASE_URL: 'postgres://me:hush@127.0.0.1:1/none',
  },
  'another database': { DATABASE_CLIENT: 'mysql' },
  'a short token': { ...database.env, FRONTMATTER_METRICS_TOKEN: 'too-short' },
  'a wrong hook': {
    ...database.env,
    DEPLOY_HOOKS_DECLARED: JSON.stringify([
      { name: 'docs', url: 'https://example.org/hush', secret: 'hush' },
    ]),
  },
});

beforeAll(async () => {
  database = await createDatabase({ isEmpty: true });
  const variables = Object.values(starts()).map((env) => ({
    LOG_LEVEL: 'error',
    ...TEST_SECRETS,
    ...env,
  }));
  const args = [START_IN_TURN, path.join(PROJECT_DIR, 'dist'), JSON.stringify(variables)];
  const { stdout, stderr } = await run(process.execPath, args, ONE_PROCESS);
  expect(stderr).toBe('');
  const printed = stdout.split(/^exit code (.*)\n/m);
  for (const [index, name] of Object.keys(starts()).entries()) {
    const [lines = '', exitCode] = printed.slice(2 * index);
    outcomes.set(name, { exitCode: Number(exitCode), lines: linesOf(lines) });
  }
});

afterAll(() => database.drop());

const linesOf = (printed: string): string[] =>
  printed
    .split('\n')
    .map((line) => line.replace(/^\[.*?\] \S*error\S*: /, ''))
    .filter((line) => line.trim() !== '');

test('without secrets, the start ends with one line that names them all', async () => {
  const { APP_KEYS: _keys, JWT_SECRET: _jwt, ...rest } = TEST_SECRETS;
  const env = { ...ONE_PROCESS.env, LOG_LEVEL: 'error', ...database.env, ...rest };

  const failure = await run(process.execPath, [STRAPI, 'start'], { ...ONE_PROCESS, env }).then(
    () => new Error('the server started'),
    (error: Error & { code: number; stdout: string; stderr: string }) => error
  );

  expect(failure).toMatchObject({ code: 1 });
  const { stdout, stderr } = failure as Error & { stdout: string; stderr: string };
  expect(linesOf(`${stdout}${stderr}`)).toEqual([
    'Cannot start without APP_KEYS, JWT_SECRET: set them in the environment or in .env (npm run quickstart writes one with random secrets)',
  ]);
});

test('without a URL of PostgreSQL, the start ends with one line', () => {
  expect(outcomes.get('no address of PostgreSQL')).toEqual({
    exitCode: 1,
    lines: [
      'DATABASE_CLIENT is postgres and DATABASE_URL is missing: set it to postgres://user:password@host:5432/database',
    ],
  });
});

test('a database that does not answer ends the start with one line that hides the password', () => {
  expect(outcomes.get('no database')).toEqual({
    exitCode: 1,
    lines: [
      'The database does not answer (connect ECONNREFUSED 127.0.0.1:1): check DATABASE_URL and that the database is running',
    ],
  });
});

test('a database client that is not supported ends the start with one line', () => {
  expect(outcomes.get('another database')).toEqual({
    exitCode: 1,
    lines: ["DATABASE_CLIENT is 'mysql': use sqlite or postgres"],
  });
});

test('a metrics token that is easy to guess prevents the start', () => {
  expect(outcomes.get('a short token')).toEqual({
    exitCode: 1,
    lines: expect.arrayContaining([
      'Error regarding frontmatter config: ✖ FRONTMATTER_METRICS_TOKEN has 9 characters and needs at least 16: set a longer one, or none to turn the metrics off',
    ]),
  });
});

test('a wrongly declared hook prevents the start, with a line that names the path, not the secret', () => {
  expect(outcomes.get('a wrong hook')).toEqual({
    exitCode: 1,
    lines: ['DEPLOY_HOOKS_DECLARED[0]: secret: must begin with whsec_'],
  });
});
