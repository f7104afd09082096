import type { Core } from '@strapi/strapi';
import { ConfigurationError } from 'strapi-plugin-frontmatter/kit/configuration-error';

/** Environment variables that must hold a secret, with their path in Strapi's configuration. */
const SECRETS = {
  APP_KEYS: 'server.app.keys',
  ADMIN_JWT_SECRET: 'admin.auth.secret',
  API_TOKEN_SALT: 'admin.apiToken.salt',
  TRANSFER_TOKEN_SALT: 'admin.transfer.token.salt',
  JWT_SECRET: 'plugin::users-permissions.jwtSecret',
  ENCRYPTION_KEY: 'admin.secrets.encryptionKey',
};

const CLIENTS = ['sqlite', 'postgres'];

/**
 * Aborts the start with one clear line if a secret or the database is missing. Strapi itself names
 * one at a time, by the names in its own configuration, with a stack.
 *
 * @throws ConfigurationError
 */
export async function assertConfigured({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  const missing = Object.entries(SECRETS)
    .filter(([, path]) => isEmpty(strapi.config.get(path, '')))
    .map(([name]) => name);
  if (missing.length > 0) {
    throw new ConfigurationError(
      `Cannot start without ${missing.join(', ')}: set them in the environment or in .env (npm run quickstart writes one with random secrets)`
    );
  }
  const { DATABASE_CLIENT, DATABASE_URL } = process.env;
  const client = DATABASE_CLIENT ?? (DATABASE_URL ? 'postgres' : 'sqlite');
  if (!CLIENTS.includes(client)) {
    throw new ConfigurationError(`DATABASE_CLIENT is '${client}': use ${CLIENTS.join(' or ')}`);
  }
  if (client === 'postgres' && !DATABASE_URL) {
    throw new ConfigurationError(
      'DATABASE_CLIENT is postgres and DATABASE_URL is missing: set it to postgres://user:password@host:5432/database'
    );
  }
  await assertDatabaseAnswers(strapi, client);
}

const isEmpty = (value: unknown): boolean =>
  Array.isArray(value) ? value.filter(Boolean).length === 0 : !value;

async function assertDatabaseAnswers(strapi: Core.Strapi, client: string): Promise<void> {
  const setting = client === 'postgres' ? 'DATABASE_URL' : 'DATABASE_FILENAME';
  try {
    await strapi.db.connection.raw('select 1');
  } catch (error) {
    throw new ConfigurationError(
      `The database does not answer (${reasonOf(error)}): check ${setting} and that the database is running`
    );
  }
}

/** Falls back to the code: Node's AggregateError for the addresses it tried has no message. */
function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || 'no reason given';
}
