import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { listen, startCms, type Cms } from '../helpers/cms';
import { createDatabase, withPlugins, type TestDatabase } from '../helpers/database';
import { deployHooks } from '../helpers/deploy-hooks';
import { cursorOf, seqOf } from '../helpers/deploy-kills';
import { startDeployReceiver, type DeployReceiver } from '../helpers/deploy-receiver';
import { atDepth } from '../helpers/depth';
import { publishRoadmap } from '../helpers/roadmaps';
import { startServer } from '../helpers/server-process';
import { openSql, type Sql } from '../helpers/sql';

/** Longer than a process stalls on a slow machine. The test ends the lease of a killed process. */
const LEASE_MS = 30_000;
const SETTINGS = {
  allowedHosts: ['127.0.0.1'],
  leaseMs: LEASE_MS,
  pollMs: 200,
  retryDelaysMs: [50, 100, 200, 400, 600_000],
};
const HOURS_MS = 10_000_000;
/** For a server that sends what it finds at its start, waits for the answer and polls no more. */
const SENDS_ONCE = { ...SETTINGS, pollMs: HOURS_MS, requestTimeoutMs: HOURS_MS };
const POLL_MS = 100;
const PUBLISHING_SERVER = path.join(__dirname, '..', 'helpers', 'publishing-server.js');
const PUBLICATIONS = 60;
/** Seeds of the servers that publish. */
const SEEDS = atDepth({ short: ['1', '2'], full: ['1', '2', '3'] });

let database: TestDatabase;
let sql: Sql;
let site: DeployReceiver;
/** Adds hooks, and is itself a server once it listens. */
let cms: Cms;

/** A SQLite file is for one server: only the command line writes beside it. */
const onReplicas = databaseClient === 'postgres' ? describe : describe.skip;
if (databaseClient !== 'postgres') {
  console.warn('skipped: several servers on one database are for PostgreSQL');
}

onReplicas('several servers on one database', () => {
  beforeEach(async () => {
    database = withPlugins(await createDatabase(), { deployHooks: SETTINGS });
    sql = await openSql(database);
    site = await startDeployReceiver();
    cms = await startCms(database, { hasBackground: true });
  });

  afterEach(async () => {
    await cms.stop();
    await sql.close();
    await site.stop();
    await database.drop();
  });

  const addHook = ({ url }: DeployReceiver) =>
    deployHooks(cms.strapi).create({ name: url, url, quietPeriodMs: 60, maxWaitMs: 250 });

  const newestSeq = async (): Promise<number> =>
    Number((await sql.tables('frontmatter_lock')).frontmatter_lock[0]?.seq);

  /** Ends leases, as if their time had passed since the process was killed. */
  const endLeases = () => sql.all("UPDATE deploy_hooks SET lease_until = '2020-01-01'");

  const leaseOf = async (id: number): Promise<string> =>
    String(
      (await sql.all(`SELECT lease_until FROM deploy_hooks WHERE id = ${id}`))[0]?.lease_until
    );

  test('never send two requests at once, and notify of every change', async () => {
    await addHook(site);
    site.answerWith(() => (site.messages.length % 4 === 0 ? 500 : wait(30, 204)));
    const servers = await Promise.all(
      SEEDS.map((seed) => startServer(database, { script: [PUBLISHING_SERVER, seed] }))
    );
    await site.untilTaken((newest) => seqOf(cursorOf(newest)?.to ?? '0') >= PUBLICATIONS);
    await Promise.all(servers.map((server) => server.end('SIGKILL')));
    await endLeases();
    await listen(cms);
    const newest = await newestSeq();
    await site.untilTaken((message) => seqOf(cursorOf(message)?.to ?? '0') >= newest);

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

  test('one takes over the message of another that was killed while sending, and not before', async () => {
    const { id } = await addHook(site);
    await publishRoadmap(cms.strapi, { slug: 'taken-over' });
    site.answerWith(() => (site.messages.length === 1 ? new Promise<never>(() => {}) : 204));
    const first = await startServer(withPlugins(database, { deployHooks: SENDS_ONCE }));
    await site.count(1);
    const lease = await leaseOf(id);
    // Only the second server handles this hook, after it has checked the first one.
    const other = await startDeployReceiver();
    const { id: otherId } = await addHook(other);
    await listen(cms);
    while ((await leaseOf(id)) === lease) await wait(POLL_MS); // until it is renewed
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
    await other.stop();
    const [sent, again] = site.messages;
    expect(again).toMatchObject({ id: sent?.id, body: sent?.body });
    expect(site.taken).toHaveLength(1);
  });
});
