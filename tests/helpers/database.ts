import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';

declare global {
  /** Set by the Jest project that the test runs in. */
  var databaseClient: 'sqlite' | 'postgres';
}

export interface TestDatabase {
  env: Record<string, string>;
  drop(): Promise<void>;
}

/** Beside other tests, many writes at once take longer than an editor would wait. */
const PATIENT = { FRONTMATTER_LOCK_TIMEOUT_MS: '60000' };

/** An empty database, of the kind that the Jest project asks for: a file, or a schema of its own. */
export const createDatabase = (client = databaseClient): Promise<TestDatabase> =>
  client === 'postgres' ? createSchema() : createFile();

async function createFile(): Promise<TestDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-sqlite-'));
  return {
    env: { DATABASE_CLIENT: 'sqlite', DATABASE_FILENAME: path.join(folder, 'test.db'), ...PATIENT },
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

async function createSchema(): Promise<TestDatabase> {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error('TEST_DATABASE_URL is set by tests/helpers/start-postgres.mjs');
  const schema = `test_${randomBytes(6).toString('hex')}`;
  await query(url, `CREATE SCHEMA ${schema}`);
  return {
    env: { DATABASE_CLIENT: 'postgres', DATABASE_URL: url, DATABASE_SCHEMA: schema, ...PATIENT },
    drop: () => query(url, `DROP SCHEMA ${schema} CASCADE`),
  };
}

async function query(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
