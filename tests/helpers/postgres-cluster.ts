import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import type { TestDatabase } from './database';
import { findFreePort } from './server-process';

const POSTGRES_SERVER = path.join(__dirname, 'postgres-server.mjs');
const SCHEMA = 'cms';
const RETRY_MS = 100;

/** A PostgreSQL server for a single test file, which keeps every commit that it acknowledged. */
export interface PostgresCluster {
  /** An empty database on the server. Dropping it ends the server. */
  database: TestDatabase;
  /** Ends all processes of the server with SIGKILL. */
  kill(): Promise<void>;
  /** Starts the server again, on the same port. */
  start(): Promise<void>;
}

export async function createCluster(): Promise<PostgresCluster> {
  const folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-cluster-'));
  await chmod(folder, 0o777); // the server may run as another user, who must create a folder here
  const port = await findFreePort();
  let pid = 0;

  async function startOnce(): Promise<boolean> {
    const script = [POSTGRES_SERVER, path.join(folder, 'data'), String(port)];
    const child = spawn(process.execPath, script, { stdio: ['ignore', 'pipe', 'ignore'] });
    const started = once(child.stdout.setEncoding('utf8'), 'data');
    const [line] = await Promise.race([started, once(child, 'exit').then(() => [''])]);
    pid = Number(line);
    return pid > 0;
  }

  // A server refuses to start while a process of its predecessor is still ending.
  async function start(): Promise<void> {
    while (!(await startOnce())) await wait(RETRY_MS);
  }

  async function kill(): Promise<void> {
    // pgrep fails if there are no children.
    const { stdout } = await promisify(execFile)('pgrep', ['-P', String(pid)]).catch(() => ({
      stdout: '',
    }));
    // The first process would restart the others.
    for (const each of [pid, ...stdout.split('\n').filter(Boolean).map(Number)]) {
      try {
        process.kill(each, 'SIGKILL');
      } catch {
        // It has already ended with its parent.
      }
    }
  }

  await start();
  const url = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE SCHEMA ${SCHEMA}`);
  await client.end();
  const env = { DATABASE_CLIENT: 'postgres', DATABASE_URL: url, DATABASE_SCHEMA: SCHEMA };
  const drop = async () => {
    await kill();
    await rm(folder, { recursive: true, maxRetries: 5, retryDelay: RETRY_MS });
  };
  return { database: { env, drop }, kill, start };
}
