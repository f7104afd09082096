import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startCms, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { deployHooks } from '../helpers/deploy-hooks';
import { cursorOf, seqOf } from '../helpers/deploy-kills';
import { startDeployReceiver, type DeployReceiver } from '../helpers/deploy-receiver';
import { publishRoadmap } from '../helpers/roadmaps';
import { startServer } from '../helpers/server-process';
import { openSql, type Sql } from '../helpers/sql';

/** Longer than a process of a slow machine stands still. A killed one's is ended by the test. */
const LEASE_MS = 30_000;
const SETTINGS = {
  DEPLOY_HOOKS_ALLOWED_HOSTS: '127.0.0.1',
  DEPLOY_HOOKS_LEASE_MS: String(LEASE_MS),
  DEPLOY_HOOKS_POLL_MS: '200',
  DEPLOY_HOOKS_RETRY_DELAYS_MS: '50,100,200,400,600000',
};
const HOURS_MS = '10000000';
/** It sends what it finds when it starts, waits for the answer, and looks for nothing else. */
const SENDS_ONCE = {
  ...SETTINGS,
  DEPLOY_HOOKS_POLL_MS: HOURS_MS,
  DEPLOY_HOOKS_REQUEST_TIMEOUT_MS: HOURS_MS,
};
const POLL_MS = 100;
const PUBLISHING_SERVER = path.join(__dirname, '..', 'helpers', 'publishing-server.js');
const PUBLICATIONS = 60;

let database: TestDatabase;
let sql: Sql;
let site: DeployReceiver;

/** One SQLite file is for one server: the command line alone writes beside it. */
const onReplicas = databaseClient === 'postgres' ? describe : describe.skip;
if (databaseClient !== 'postgres') {
  console.warn('skipped: several servers on one database are for PostgreSQL');
}

onReplicas('several servers on one database', () => {
  beforeEach(async () => {
    database = await createDatabase();
    sql = await openSql(database);
    site = await startDeployReceiver();
  });

  afterEach(async () => {
    await sql.close();
    await site.stop();
    await database.drop();
  });

  async function onCms<T>(task: (strapi: Cms['strapi']) => Promise<T>): Promise<T> {
    process.env.DEPLOY_HOOKS_ALLOWED_HOSTS = '127.0.0.1';
    const cms = await startCms(database);
    const result = await task(cms.strapi);
    await cms.stop();
    return result;
  }

  const addHook = (strapi: Cms['strapi'], { url }: DeployReceiver) =>
    deployHooks(strapi).create({ name: url, url, quietPeriodMs: 60, maxWaitMs: 250 });

  const newestSeq = async (): Promise<number> =>
    Number((await sql.all('SELECT max(seq) AS seq FROM frontmatter_publications'))[0]?.seq);

  /** As if the time of the lease had passed since its process was killed. */
  const endLeases = () => sql.all("UPDATE deploy_hooks SET lease_until = '2020-01-01'");

  const leaseOf = async (id: number): Promise<string> =>
    String(
      (await sql.all(`SELECT lease_until FROM deploy_hooks WHERE id = ${id}`))[0]?.lease_until
    );

  test('never send two requests at once, and notify of every change', async () => {
    await onCms((strapi) => addHook(strapi, site));
    site.answerWith(() => (site.messages.length % 4 === 0 ? 500 : wait(30, 204)));
    const servers = await Promise.all(
      ['1', '2', '3'].map((seed) =>
        startServer(database, { env: SETTINGS, script: [PUBLISHING_SERVER, seed] })
      )
    );
    await site.untilTaken((newest) => seqOf(cursorOf(newest)?.to ?? '0') >= PUBLICATIONS);
    await Promise.all(servers.map((server) => server.end('SIGKILL')));
    await endLeases();
    const last = await startServer(database, { env: SETTINGS });
    const newest = await newestSeq();
    await site.untilTaken((message) => seqOf(cursorOf(message)?.to ?? '0') >= newest);
    await last.end('SIGTERM');

    expect(site.messages.map(({ openBefore }) => openBefore)).toEqual(site.messages.map(() => 0));
    let position = 0;
    for (const message of site.taken) {
      const { from, to } = cursorOf(message) ?? { from: '', to: '' };
      expect(seqOf(from)).toBeLessThanOrEqual(position);
      expect(seqOf(to)).toBeGreaterThanOrEqual(position);
      position = seqOf(to);
    }
    expect(position).toBe(newest);
  });

  test('one takes over the message of another that was killed while it sent, and not before', async () => {
    const id = await onCms(async (strapi) => {
      const hook = await addHook(strapi, site);
      await publishRoadmap(strapi, { slug: 'taken-over' });
      return hook.id;
    });
    site.answerWith(() => (site.messages.length === 1 ? new Promise<never>(() => {}) : 204));
    const first = await startServer(database, { env: SENDS_ONCE });
    await site.count(1);
    const lease = await leaseOf(id);
    // The second server alone looks at this one, after it has looked at the first hook.
    const other = await startDeployReceiver();
    const { id: otherId } = await onCms((strapi) => addHook(strapi, other));
    const second = await startServer(database, { env: SETTINGS });
    while ((await leaseOf(id)) === lease) await wait(POLL_MS); // it is renewed
    for (const count of [1, 2]) {
      await sql.all(
        `UPDATE deploy_hooks SET wanted_at = '2020-01-0${count}' WHERE id = ${otherId}`
      );
      await other.count(count);
    }
    expect(site.messages).toHaveLength(1);

    await first.end('SIGKILL');
    await endLeases();
    await site.count(2);
    await second.end('SIGTERM');
    await other.stop();
    const [sent, again] = site.messages;
    expect(again).toMatchObject({ id: sent?.id, body: sent?.body });
    expect(site.taken).toHaveLength(1);
  });
});
