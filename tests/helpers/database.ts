import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nativeRequire } from './native';

const { Client } = nativeRequire('pg') as typeof import('pg');

declare global {
  /** Set by the Jest project that the test runs in. */
  var databaseClient: 'sqlite' | 'postgres';
}

export interface TestDatabase {
  env: Record<string, string>;
  drop(): Promise<void>;
}

/** The schema of the tables in a template: every query must find them there, not in `public`. */
const SCHEMA = 'cms';

/** Settings of the plugins, which replace those of config/plugins.ts. */
export interface PluginSettings {
  frontmatter?: { lockTimeoutMs: number };
  deployHooks?: Record<string, unknown>;
}

/** Alongside other tests, many concurrent writes take longer than an editor would wait. */
const PATIENT = { lockTimeoutMs: 60_000 };

/** Returns the variable that config/env/test/plugins.ts reads. */
const pluginsEnv = ({ frontmatter, deployHooks = {} }: PluginSettings = {}) => ({
  TEST_PLUGINS: JSON.stringify({
    frontmatter: { config: { ...PATIENT, ...frontmatter } },
    'deploy-hooks': { config: deployHooks },
  }),
});

/** Returns the same database for applications with other settings. */
export const withPlugins = (database: TestDatabase, settings: PluginSettings): TestDatabase => ({
  ...database,
  env: { ...database.env, ...pluginsEnv(settings) },
});

interface DatabaseOptions {
  /** Defaults to the client of the Jest project. */
  client?: 'sqlite' | 'postgres';
  /** Whether the database has no tables, as before the first start. */
  isEmpty?: boolean;
}

/** Creates a database for one test file, as the first start of a CMS leaves it. */
export const createDatabase = ({
  client = databaseClient,
  isEmpty = false,
}: DatabaseOptions = {}): Promise<TestDatabase> =>
  client === 'postgres' ? createOnServer(isEmpty) : createFile(isEmpty);

async function createFile(isEmpty: boolean): Promise<TestDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-sqlite-'));
  const file = path.join(folder, 'test.db');
  if (!isEmpty) await copyFile(templateOf('TEST_TEMPLATE_FILE'), file);
  return {
    env: { DATABASE_CLIENT: 'sqlite', DATABASE_FILENAME: file, ...pluginsEnv() },
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

async function createOnServer(isEmpty: boolean): Promise<TestDatabase> {
  const server = templateOf('TEST_DATABASE_URL');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.pathname = name;
  if (isEmpty) {
    await query(server, `CREATE DATABASE ${name}`);
    await query(url.href, `CREATE SCHEMA ${SCHEMA}`);
  } else {
    await query(server, `CREATE DATABASE ${name} TEMPLATE ${templateOf('TEST_TEMPLATE_DATABASE')}`);
  }
  return {
    env: {
      DATABASE_CLIENT: 'postgres',
      DATABASE_URL: url.href,
      DATABASE_SCHEMA: SCHEMA,
      ...pluginsEnv(),
    },
    drop: () => query(server, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

function templateOf(variable: string): string {
  const value = process.env[variable];
  if (!value) throw new Error(`${variable} is set by tests/environment before the tests begin`);
  return value;
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
