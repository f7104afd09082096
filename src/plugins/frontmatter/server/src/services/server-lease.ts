import { hostname } from 'node:os';
import type { Core } from '@strapi/strapi';
import { getService, PLUGIN_ID } from '../plugin-id';

const LEASE = { type: 'plugin', name: PLUGIN_ID, key: 'server-lease' };
/** Without a sign of life for this long a server counts as gone. */
const EXPIRES_AFTER_MS = 60_000;
export const HEARTBEAT_MS = 20_000;

export interface ServerLease {
  pid: number;
  host: string;
  /** Moment of the last sign of life, ISO 8601. */
  at: string;
}

/**
 * Tells that a server runs on an SQLite database. A second process that writes there makes most
 * saves of the first fail with `database is locked`, so the command line has to know.
 */
export function createServerLease({ strapi }: { strapi: Core.Strapi }) {
  const isNeeded = () => strapi.db.dialect.client === 'sqlite';
  const now = () => getService(strapi, 'clock').now();

  return {
    async renew(): Promise<void> {
      if (!isNeeded()) return;
      const lease: ServerLease = { pid: process.pid, host: hostname(), at: now().toISOString() };
      await strapi.store.set({ ...LEASE, value: lease });
    },

    async release(): Promise<void> {
      if (isNeeded()) await strapi.store.delete(LEASE);
    },

    /** The server of another process that runs on this database, if any. */
    async findOther(): Promise<ServerLease | undefined> {
      const lease = isNeeded() && ((await strapi.store.get(LEASE)) as ServerLease | null);
      if (!lease || lease.pid === process.pid) return undefined;
      const isExpired = now().getTime() - new Date(lease.at).getTime() > EXPIRES_AFTER_MS;
      const isDead = lease.host === hostname() && !isAlive(lease.pid);
      return isExpired || isDead ? undefined : lease;
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0); // signal 0 only asks
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
