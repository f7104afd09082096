import { Client, types } from 'pg';
import type { TestDatabase } from './database';
import { nativeRequire } from './native';

export type SqlRow = Record<string, unknown>;

/** A look at a database past the CMS, for what is in it while no CMS runs, or while another does. */
export interface Sql {
  all(statement: string): Promise<SqlRow[]>;
  /** Runs any number of statements. */
  run(statements: string): Promise<void>;
  /** Whole tables by name, as they are at one moment and with nobody writing to the content. */
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
  // The addon uses the error class of whoever loads it first. With Jest's own, errors that Strapi gets
  // would be no instances of its `Error`.
  const Database = nativeRequire('better-sqlite3') as new (
    file: string | undefined
  ) => SqliteDatabase;
  // Not read-only: the first to open it after a crash takes the unfinished transaction back.
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
      // A date is a day, not a moment in the time zone of whoever reads it.
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
      // What a killed process sent last may be still under way on the server.
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
