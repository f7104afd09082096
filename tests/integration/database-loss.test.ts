import { setTimeout as wait } from 'node:timers/promises';
import { createToken } from '../helpers/accounts';
import { startCms } from '../helpers/cms';
import { createLoad, type Load } from '../helpers/load';
import { createCluster, type PostgresCluster } from '../helpers/postgres-cluster';
import { startServer, type ServerProcess } from '../helpers/server-process';

const KILLS = 5;
/** How many writes succeed before each kill. */
const WRITES = 12;
const POLL_MS = 20;

const describeOnPostgres = (title: string, tests: () => void): void => {
  if (databaseClient === 'postgres') {
    describe(title, tests);
    return;
  }
  const why = 'SQLite has no server that could end';
  console.log(`skipped on SQLite: ${why}`);
  test.skip(`${title} (${why})`, () => {});
};

describeOnPostgres(`a PostgreSQL that is killed ${KILLS} times while the CMS writes`, () => {
  let cluster: PostgresCluster;
  let server: ServerProcess;
  let load: Load;
  /** Number of kills after which the CMS accepted changes again. */
  let recovered = 0;

  beforeAll(async () => {
    cluster = await createCluster();
    const cms = await startCms(cluster.database);
    const token = await createToken(cms.strapi, 'full-access');
    await cms.stop();
    server = await startServer(cluster.database);
    load = createLoad({ url: server.url, token });

    const written = async (count: number): Promise<void> => {
      const goal = load.accepted.size + count;
      while (server.isRunning() && load.accepted.size < goal) await wait(POLL_MS);
    };
    load.start();
    for (let kill = 1; kill <= KILLS && server.isRunning(); kill += 1) {
      await written(WRITES);
      await cluster.kill();
      const failures = load.others.length;
      while (server.isRunning() && load.others.length < failures + WRITES) await wait(POLL_MS);
      await cluster.start();
      await written(WRITES);
      if (server.isRunning()) recovered += 1;
    }
    await load.stop();
    const [taken, failed] = [load.accepted.size, load.others.length];
    console.log(`${KILLS} kills, ${taken} writes taken, ${failed} failed`);
  });

  afterAll(async () => {
    await server.end('SIGTERM');
    await cluster.database.drop();
  });

  test('the CMS process survives, and accepts changes again after each kill', () => {
    expect({ recovered, crash: server.isRunning() ? '' : server.errors() }).toEqual({
      recovered: KILLS,
      crash: '',
    });
  });

  test('what cannot be written meanwhile is answered 5xx', () => {
    expect(load.others.length).toBeGreaterThanOrEqual(KILLS * WRITES);
    expect(load.others.filter(({ status }) => !(Number(status) >= 500))).toEqual([]);
  });

  test('everything that was acknowledged is there', async () => {
    expect(await load.missing()).toEqual([]);
  });
});
