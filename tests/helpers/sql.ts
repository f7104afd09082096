import { Client, types } from 'pg';
import type { TestDatabase } from './database';
import { nativeRequire } from './native';

export type SqlRow = Record<string, unknown>;

/** Direct access to a database, to inspect it while no CMS runs or another process runs one. */
export interface Sql {
  all(statement: string): Promise<SqlRow[]>;
  /** Runs any number of statements. */
  run(statements: string): Promise<void>;
  /** Reads whole tables by name, at one moment and with no writes in progress. */
  tables<Name extends string>(...names: Name[]): Promise<Record<Name, SqlRow[]>>;
  close(): Promise<void>;
}

export const openSql = ({ env }: TestDatabase): Promise<Sql> =>
  env.DATABASE_CLIENT === 'postgres' ? openPostgres(env) : openSqlite(env);

interface SqliteDatabase {
  prepare(statement: string): { all(): SqlRow[] };
  exec(statement: string): void;
  close(): void;
}

async function openSqlite(env: TestDatabase['env']): Promise<Sql> {
  // The addon uses the error class of the realm that loads it first. With Jest's own, errors that
  // Strapi gets would not be instances of its `Error`.
  const Database = nativeRequire('better-sqlite3') as new (
    file: string | undefined
  ) => SqliteDatabase;
  // Not read-only: the first connection after a crash rolls back the unfinished transaction.
  const database = new Database(env.DATABASE_FILENAME);
  const all = async (statement: string) => database.prepare(statement).all();
  return {
    all,
    run: async (statements) => database.exec(statements),
    async tables(...names) {
      database.exec('BEGIN');
      const read = await readTables(names, all);
      database.exec('COMMIT');
      return read;
    },
    async close() {
      database.close();
    },
  };
}

async function openPostgres(env: TestDatabase['env']): Promise<Sql> {
  const client = new Client({
    connectionString: env.DATABASE_URL,
    options: `-c search_path=${env.DATABASE_SCHEMA}`,
    types: {
      // A date is a day, not a moment in the time zone of the reader.
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === types.builtins.DATE ? String : types.getTypeParser(oid, format),
    } as typeof types,
  });
  await client.connect();
  const all = async (statement: string) => (await client.query(statement)).rows as SqlRow[];
  return {
    all,
    run: async (statements) => void (await client.query(statements)),
    async tables(...names) {
      await client.query('BEGIN');
      // The server may still be running the last statement of a killed process.
      await client.query('SELECT id FROM frontmatter_lock FOR UPDATE');
      const read = await readTables(names, all);
      await client.query('COMMIT');
      return read;
    },
    close: () => client.end(),
  };
}

async function readTables<Name extends string>(
  names: readonly Name[],
  all: Sql['all']
): Promise<Record<Name, SqlRow[]>> {
  const read = {} as Record<Name, SqlRow[]>;
  for (const name of names) read[name] = await all(`SELECT * FROM ${name} ORDER BY id`);
  return read;
}
