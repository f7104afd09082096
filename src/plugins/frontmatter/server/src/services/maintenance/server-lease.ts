import { hostname } from 'node:os';
import type { AddressInfo } from 'node:net';
import type { Core } from '@strapi/strapi';
import {
  isOwnLease,
  LEASE_EXPIRES_AFTER_MS,
  SERVER_LEASE,
  type ServerLease,
} from '../../../../node/server-lease';
import { getClock } from '../foundation/clock';
import { serviceOf } from '../foundation/service-of';

/** So short that a server that misses a beat, as during a large publish, still counts as alive. */
export const HEARTBEAT_MS = LEASE_EXPIRES_AFTER_MS / 3;

/**
 * Records that a server runs on an SQLite database. A second process that writes to it makes most
 * saves of the first fail with `database is locked`, so the command line has to know.
 */
export function createServerLease({ strapi }: { strapi: Core.Strapi }) {
  const isNeeded = () => strapi.db.dialect.client === 'sqlite';
  let since: string | undefined;

  return {
    async renew(): Promise<void> {
      if (!isNeeded()) return;
      const at = getClock(strapi).now().toISOString();
      since ??= at;
      const [pid, host, url] = [process.pid, hostname(), urlOf(strapi)];
      const value = { pid, host, url, since, at } satisfies ServerLease;
      await strapi.store.set({ ...SERVER_LEASE, value });
    },

    async release(): Promise<void> {
      if (!isNeeded()) return;
      // A server that started meanwhile, as in a restart without downtime, took over the lease.
      const lease = (await strapi.store.get(SERVER_LEASE)) as ServerLease | null;
      if (lease && isOwnLease(lease)) await strapi.store.delete(SERVER_LEASE);
    },
  };
}

function urlOf({ server, config }: Core.Strapi): string {
  const bound = server.httpServer.address() as AddressInfo | string | null;
  // A Unix socket has a path instead of an address.
  if (!bound || typeof bound === 'string') return config.get('server.absoluteUrl', '');
  const { address, family, port } = bound;
  const isAny = address === '0.0.0.0' || address === '::';
  const host = family === 'IPv6' && !isAny ? `[${address}]` : address;
  return `http://${isAny ? '127.0.0.1' : host}:${port}`;
}

export const getServerLease = serviceOf('server-lease', createServerLease);
