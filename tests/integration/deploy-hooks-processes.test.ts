import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startCms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { deployHooks } from '../helpers/deploy-hooks';
import { cursorOf, seqOf } from '../helpers/deploy-kills';
import { startDeployReceiver, type DeployReceiver } from '../helpers/deploy-receiver';
import { publishRoadmap } from '../helpers/roadmaps';
import { startServer } from '../helpers/server-process';
import { openSql } from '../helpers/sql';

const LEASE_MS = 4_000;
const SETTINGS = {
  DEPLOY_HOOKS_ALLOWED_HOSTS: '127.0.0.1',
  DEPLOY_HOOKS_LEASE_MS: String(LEASE_MS),
  DEPLOY_HOOKS_POLL_MS: '200',
  DEPLOY_HOOKS_RETRY_DELAYS_MS: '50,100,200,400,600000',
};
const PUBLISHING_SERVER = path.join(__dirname, '..', 'helpers', 'publishing-server.js');
const PUBLICATIONS = 60;

let database: TestDatabase;
let site: DeployReceiver;

/** One SQLite file is for one server: the command line alone writes beside it. */
const onReplicas = databaseClient === 'postgres' ? describe : describe.skip;
if (databaseClient !== 'postgres') {
  console.warn('skipped: several servers on one database are for PostgreSQL');
}

onReplicas('several servers on one database', () => {
  beforeEach(async () => {
    database = await createDatabase();
    site = await startDeployReceiver();
    await onCms(async (strapi) => {
      const timing = { quietPeriodMs: 60, maxWaitMs: 250 };
      await deployHooks(strapi).create({ name: 'Site', url: site.url, ...timing });
    });
  });

  afterEach(async () => {
    await site.stop();
    await database.drop();
  });

  async function onCms(task: (strapi: Awaited<ReturnType<typeof startCms>>['strapi']) => unknown) {
    process.env.DEPLOY_HOOKS_ALLOWED_HOSTS = '127.0.0.1';
    const cms = await startCms(database);
    await task(cms.strapi);
    await cms.stop();
  }

  async function readSeqs(): Promise<number[]> {
    const sql = await openSql(database);
    const rows = await sql.all('SELECT seq FROM frontmatter_publications ORDER BY seq');
    await sql.close();
    return rows.map(({ seq }) => Number(seq));
  }

  test('never send two requests at once, and tell every change', async () => {
    site.answerWith(() => (site.messages.length % 4 === 0 ? 500 : wait(30, 204)));
    const servers = await Promise.all(
      ['1', '2', '3'].map((seed) =>
        startServer(database, { env: SETTINGS, script: [PUBLISHING_SERVER, seed] })
      )
    );
    while ((await readSeqs()).length < PUBLICATIONS) await wait(100);
    await Promise.all(servers.map((server) => server.end('SIGKILL')));
    const last = await startServer(database, { env: SETTINGS });
    const newest = (await readSeqs()).at(-1) ?? 0;
    const reached = () => seqOf(cursorOf(site.taken.at(-1))?.to ?? '0');
    while (reached() < newest) await wait(50);
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
    await onCms((strapi) => publishRoadmap(strapi, { slug: 'taken-over' }));
    site.answerWith(() => (site.messages.length === 1 ? wait(60_000, 204, { ref: false }) : 204));
    const first = await startServer(database, { env: SETTINGS });
    await site.count(1);
    const second = await startServer(database, { env: SETTINGS });
    // Its lease is renewed while it waits for the answer.
    await wait(1.5 * LEASE_MS);
    expect(site.messages).toHaveLength(1);

    await first.end('SIGKILL');
    await site.count(2);
    await second.end('SIGTERM');
    const [sent, again] = site.messages;
    expect(again).toMatchObject({ id: sent?.id, body: sent?.body });
    expect(site.taken).toHaveLength(1);
  });
});
