// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { runDeployHooks, type CliRun } from '../helpers/cli';
import { PROJECT_DIR, startCms, TEST_SECRETS, useDatabase, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { publishRoadmap } from '../helpers/roadmaps';
import { startDeployReceiver, type DeployReceiver } from '../helpers/deploy-receiver';
import { runDeployHooksIn } from '../helpers/shared-application';

/** Part of everything that is secret; no line may contain it. */
const HUSH = 'hush7f3a';
const ALLOWED = { DEPLOY_HOOKS_ALLOWED_HOSTS: '127.0.0.1' };
const SECRET = /^whsec_[A-Za-z0-9+/]{43}=$/;

let database: TestDatabase;
/** The CMS that all commands run in, except the first and one with its own standard input. */
let cms: Cms;
let receiver: DeployReceiver;
let folder: string;
let first: CliRun;
/** What was printed, except secrets that were shown on purpose. */
const printed: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-hooks-'));
  receiver = await startDeployReceiver();
  database = await createDatabase();
  useDatabase(database);
  Object.assign(process.env, ALLOWED);
  first = await runDeployHooks('list');
  cms = await startCms(database);
  await publishRoadmap(cms.strapi, { slug: 'backend' });
});

afterAll(async () => {
  await cms.stop();
  await receiver.stop();
  await database.drop();
  await rm(folder, { recursive: true });
});

async function run(...args: string[]) {
  const result = await runDeployHooksIn(cms, ...args);
  printed.push(...result.out.filter((line) => !SECRET.test(line)), ...result.err);
  return result;
}

async function runJson<T>(...args: string[]): Promise<T> {
  const { out } = await runDeployHooksIn(cms, ...args, '--json');
  return JSON.parse(out.join('\n')) as T;
}

/** Runs a task with environment variables. */
async function withVariables<T>(env: Record<string, string>, task: () => Promise<T>): Promise<T> {
  Object.assign(process.env, env);
  try {
    return await task();
  } finally {
    for (const name of Object.keys(env)) delete process.env[name];
  }
}

const settingsFile = async (content: unknown): Promise<string> => {
  const file = path.join(folder, 'settings.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

test('without hooks, list says how to create one', () => {
  expect(first).toEqual({
    exitCode: 0,
    out: ['There are no hooks yet: create one with deploy-hooks add'],
    err: [],
  });
});

describe('add', () => {
  test('reads the address from a variable, and prints the secret on its own line', async () => {
    const { exitCode, out } = await withVariables(
      { DEPLOY_HOOK_URL: `${receiver.url}/${HUSH}` },
      () => run('add', 'docs', '--collection', 'roadmaps', '--changed', 'title', 'seo')
    );

    expect(exitCode).toBe(0);
    expect(out).toEqual([
      expect.stringMatching(
        /^\d+ {2}docs {2}generic {2}http:\/\/127\.0\.0\.1:\d+\/… *\S* {2}up to date$/
      ),
      'Its signing secret, shown only this once. The receiver needs it:',
      expect.stringMatching(SECRET),
    ]);
  });

  test('reads all settings from a file', async () => {
    const url = `https://api.netlify.com/build_hooks/${HUSH}`;
    const file = await settingsFile({ preset: 'netlify', url, headers: { 'X-Key': HUSH } });

    const hook = await runJson<Record<string, unknown>>(
      ...['add', 'shop', '--settings', file, '--from-beginning', '--tag', 'role-roadmap']
    );

    expect(hook).toMatchObject({
      name: 'shop',
      preset: 'netlify',
      headerNames: ['X-Key'],
      filter: { tags: ['role-roadmap'] },
      cursor: '0',
    });
    expect(hook).not.toHaveProperty('secret');
  });

  test('reads them from standard input', async () => {
    const bin = path.join(PROJECT_DIR, 'src/plugins/deploy-hooks/bin/deploy-hooks.js');
    const child = spawn(process.execPath, [bin, 'add', 'piped', '--settings', '-'], {
      cwd: PROJECT_DIR,
      env: {
        PATH: process.env.PATH,
        ENV_PATH: 'no-such-file',
        ...TEST_SECRETS,
        ...database.env,
        ...ALLOWED,
      },
    });
    child.stdin.end(JSON.stringify({ url: `${receiver.url}/${HUSH}` }));
    const ended = once(child, 'close');
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const [exitCode] = await ended;

    printed.push(err, ...out.split('\n').filter((line) => !SECRET.test(line)));
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toMatch(/^\d+ {2}piped {2}generic .*\n.*\nwhsec_\S+\n$/);
  });

  test.each<[string, string[], object | string, RegExp[]]>([
    ['a name that is taken', ['docs'], { url: 'http://127.0.0.1:9' }, [/^error: name: /]],
    [
      'settings that are wrong',
      ['x'],
      { url: `ftp://${HUSH}`, maxWaitMs: 1 },
      [/^error: url: /, /^error: maxWaitMs: /],
    ],
    [
      'an unknown key',
      ['x', '--changed', 'titel'],
      { url: 'http://127.0.0.1:9' },
      [/^error: filter\.changed\.0: .*'title'/],
    ],
    ['no address', ['x'], {}, [/^error: url: /]],
    ['invalid JSON', ['x'], `{ "secret": ${HUSH} }`, [/settings\.json holds no settings/]],
  ])('refuses %s', async (_, args, content, expected) => {
    const file = await settingsFile(content);

    const { exitCode, out, err } = await run('add', ...args, '--settings', file);

    expect([exitCode, out]).toEqual([2, []]);
    expect(err).toHaveLength(expected.length);
    err.forEach((line, index) => expect(line).toMatch(expected[index] as RegExp));
  });

  test('refuses a missing file and an unknown preset', async () => {
    const missing = await run('add', 'x', '--settings', path.join(folder, 'no-such-file'));
    const preset = await run('add', 'x', '--preset', 'heroku');

    expect([missing.exitCode, missing.err]).toEqual([
      2,
      [expect.stringMatching(/no-such-file cannot be read \(ENOENT\)$/)],
    ]);
    expect([preset.exitCode, preset.err]).toEqual([2, [expect.stringContaining('generic')]]);
  });
});

test.each([
  [['pause', 'nowhere'], /^error: There is no hook 'nowhere'\. Hooks: docs \(\d+\), /],
  [['log', '--limit', '0'], /whole number from 1 to 100/],
  [['log', '--state', 'lost'], /Allowed choices are open, delivered/],
  [['trigger'], /missing required argument 'hook'/],
  [['unknown'], /unknown command/],
])('%j is refused with a helpful error', async (args, expected) => {
  const { exitCode, err } = await run(...args);

  expect([exitCode, err.join('\n')]).toEqual([2, expect.stringMatching(expected)]);
});

test('no printed line contains a secret', () => {
  expect(printed.length).toBeGreaterThan(15);
  expect(printed.join('\n')).not.toContain(HUSH);
});
