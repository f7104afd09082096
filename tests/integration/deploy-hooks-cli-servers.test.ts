import { runDeployHooks } from '../helpers/cli';
import { startCms, useDatabase, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { deployHooks } from '../helpers/deploy-hooks';
import { startDeployReceiver, type DeployReceiver } from '../helpers/deploy-receiver';
import { publishRoadmap } from '../helpers/roadmaps';
import { startServer, type ServerProcess } from '../helpers/server-process';
import { runDeployHooksIn } from '../helpers/shared-application';
import { openSql } from '../helpers/sql';

/** Part of everything that is secret; no line may contain it. */
const HUSH = 'hush7f3a';
const ALLOWED = { DEPLOY_HOOKS_ALLOWED_HOSTS: '127.0.0.1' };
const DECLARED_SECRET = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;

let database: TestDatabase;
/** The CMS that the commands run in, beside running servers. */
let cms: Cms;
let receiver: DeployReceiver;
/** What the command line printed. */
const printed: string[] = [];

beforeAll(async () => {
  receiver = await startDeployReceiver();
  database = await createDatabase();
  useDatabase(database);
  Object.assign(process.env, ALLOWED);
  cms = await startCms(database);
  await publishRoadmap(cms.strapi, { slug: 'backend' });
  for (const name of ['docs', 'piped', 'shop']) {
    await deployHooks(cms.strapi).create({ name, url: `${receiver.url}/${HUSH}` });
  }
  await cms.stop();
});

afterAll(async () => {
  await receiver.stop();
  await database.drop();
});

async function run(...args: string[]) {
  const result = await runDeployHooksIn(cms, ...args);
  printed.push(...result.out, ...result.err);
  return result;
}

async function runJson<T>(...args: string[]): Promise<T> {
  const { out } = await run(...args, '--json');
  return JSON.parse(out.join('\n')) as T;
}

describe('beside a running server', () => {
  let servers: ServerProcess[];

  beforeAll(async () => {
    const declared = ['first', 'second'].map((name) => ({
      name,
      url: `${receiver.url}/${HUSH}`,
      secret: DECLARED_SECRET,
    }));
    const env = {
      ...ALLOWED,
      DEPLOY_HOOKS_DECLARED: JSON.stringify(declared),
      LOG_LEVEL: 'debug',
    };
    // Two processes share a database only if it is PostgreSQL.
    const count = databaseClient === 'postgres' ? 2 : 1;
    servers = await Promise.all(
      Array.from({ length: count }, () => startServer(database, { env }))
    );
    cms = await startCms(database);
  });

  afterAll(async () => {
    await Promise.all(servers.map((server) => server.end('SIGKILL')));
    await cms.stop();
  });

  test('list shows each hook, and those that the servers declared only once', async () => {
    const { exitCode, out } = await run('list');

    expect(exitCode).toBe(0);
    expect(out.map((line) => line.split('  ')[1])).toEqual([
      'docs',
      'first',
      'piped',
      'second',
      'shop',
    ]);
    expect(out.filter((line) => line.endsWith('declared in the environment'))).toHaveLength(2);
  });

  test('a hook is paused and resumed, by its name or its id', async () => {
    const hook = await runJson<{ id: number; state: object }>('pause', 'docs');
    const resumed = await run('resume', String(hook.id));

    expect(hook.state).toMatchObject({ kind: 'paused' });
    expect(resumed.exitCode).toBe(0);
    expect(resumed.out[0]).not.toContain('paused');
  });

  test('a test is sent, and is in the log', async () => {
    const sent = await run('test', 'docs');
    const log = await run('log', 'docs', '--limit', '5');
    const other = await run('log', 'piped');
    const [delivery] = await runJson<object[]>('log', '--state', 'delivered');

    expect([sent.exitCode, sent.out]).toEqual([
      0,
      [expect.stringMatching(/docs {2}delivered {2}a test/)],
    ]);
    expect(log.out).toEqual(sent.out);
    expect(other.out).toEqual([]);
    expect(delivery).toMatchObject({ kind: 'test', hook: { name: 'docs' } });
  });

  test('a site is notified now', async () => {
    const { exitCode, out } = await run('trigger', 'docs');

    expect([exitCode, out]).toEqual([0, [expect.stringMatching(/ {2}docs {2}/)]]);
  });

  test('the logs of the servers contain no secret', () => {
    const output = servers.map((server) => server.output()).join('');

    expect(output).not.toBe('');
    expect(output).not.toContain(HUSH);
    expect(output).not.toContain(DECLARED_SECRET.slice('whsec_'.length));
  });
});

test('declared hooks outlive a run of the command line without the variable', async () => {
  const { out, err } = await runDeployHooks('list');
  printed.push(...out, ...err);
  const sql = await openSql(database);
  const rows = await sql.all('SELECT name FROM deploy_hooks ORDER BY name');
  await sql.close();

  expect(rows.map(({ name }) => name)).toEqual(['docs', 'first', 'piped', 'second', 'shop']);
});

test('no printed line contains a secret', () => {
  expect(printed.length).toBeGreaterThan(10);
  expect(printed.join('\n')).not.toContain(HUSH);
});
