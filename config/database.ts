import path from 'node:path';
import type { Core } from '@strapi/strapi';

const config = ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Database => {
  const client = env('DATABASE_CLIENT', 'sqlite');
  const connections = {
    sqlite: {
      connection: {
        // path.resolve takes an absolute DATABASE_FILENAME as it is; dist/config lies two folders deep.
        filename: path.resolve(__dirname, '..', '..', env('DATABASE_FILENAME', 'database/data.db')),
      },
      useNullAsDefault: true,
    },
    postgres: {
      connection: {
        connectionString: env('DATABASE_URL'),
        schema: env('DATABASE_SCHEMA', 'public'),
      },
      pool: { min: env.int('DATABASE_POOL_MIN', 2), max: env.int('DATABASE_POOL_MAX', 10) },
    },
  };

  return {
    connection: {
      client,
      ...connections[client as keyof typeof connections],
    } as Core.Config.Database['connection'], // two clients with different options are one union in Strapi's types
  };
};

export default config;
