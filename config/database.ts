import path from 'node:path';
import type { Core } from '@strapi/strapi';

/** Lets readers and a writer work at the same time: https://www.sqlite.org/wal.html */
function keepWriteAheadLog(
  connection: { pragma(pragma: string): unknown },
  done: (error: Error | null, connection: unknown) => void
): void {
  try {
    connection.pragma('journal_mode = WAL');
    done(null, connection);
  } catch (error) {
    done(error as Error, connection);
  }
}

/** Database errors quote their statement. Its values must not reach a log. */
const WITHOUT_VALUES = { compileSqlOnError: false };

const config = ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Database => {
  const sqlite = {
    client: 'sqlite' as const,
    connection: {
      // path.resolve keeps an absolute DATABASE_FILENAME; dist/config is two folders deep.
      filename: path.resolve(__dirname, '..', '..', env('DATABASE_FILENAME', 'database/data.db')),
    },
    useNullAsDefault: true,
    ...WITHOUT_VALUES,
    pool: { afterCreate: keepWriteAheadLog },
  };
  const postgres = {
    client: 'postgres' as const,
    connection: {
      connectionString: env('DATABASE_URL', ''),
      schema: env('DATABASE_SCHEMA', 'public'),
    },
    ...WITHOUT_VALUES,
    pool: { min: env.int('DATABASE_POOL_MIN', 2), max: env.int('DATABASE_POOL_MAX', 10) },
  };
  // src/startup rejects any other client.
  const client = env('DATABASE_CLIENT', env('DATABASE_URL') ? 'postgres' : 'sqlite');
  const connection = client === 'postgres' ? postgres : sqlite;
  // Strapi's type requires separate host, port and user; PostgreSQL also accepts one URL.
  return { connection: connection as Core.Config.Database['connection'] };
};

export default config;
