import { hostname } from 'node:os';
import type { Core } from '@strapi/strapi';

/** Where a running server on an SQLite database registers, in Strapi's store. */
export const SERVER_LEASE = { type: 'plugin', name: 'frontmatter', key: 'server-lease' };

const STORE_TABLE = 'strapi_core_store_settings';
const STORE_KEY = `${SERVER_LEASE.type}_${SERVER_LEASE.name}_${SERVER_LEASE.key}`;

/** A server without a sign of life for this long counts as gone. */
export const LEASE_EXPIRES_AFTER_MS = 60_000;

export interface ServerLease {
  pid: number;
  host: string;
  /** Where the server listens, as seen from its own machine. */
  url: string;
  /** Moment of its start, ISO 8601. */
  since: string;
  /** Moment of the last sign of life, ISO 8601. */
  at: string;
}

export const isOwnLease = ({ pid, host }: ServerLease): boolean =>
  pid === process.pid && host === hostname();

/**
 * Finds the server of another process that runs on a database, if any. Reads the table directly, so
 * that it works before an application is loaded: loading it already writes.
 */
export async function findOtherServer(
  { connection, dialect }: Core.Strapi['db'],
  now: Date
): Promise<ServerLease | undefined> {
  if (dialect.client !== 'sqlite' || !(await connection.schema.hasTable(STORE_TABLE))) {
    return undefined;
  }
  const row = await connection(STORE_TABLE).where({ key: STORE_KEY }).first('value');
  if (!row) return undefined;
  const lease = JSON.parse(row.value) as ServerLease;
  const isExpired = now.getTime() - new Date(lease.at).getTime() > LEASE_EXPIRES_AFTER_MS;
  const isDead = lease.host === hostname() && !isAlive(lease.pid);
  return isOwnLease(lease) || isExpired || isDead ? undefined : lease;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0); // signal 0 only checks
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
