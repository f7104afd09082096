import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { getConfig } from '../../config';
import { hookContentType, type HookRow } from '../../models';
import { log } from '../foundation/log';
import { getClock } from '../foundation/clock';
import { getHookRows } from '../hooks/hook-rows';
import { serviceOf } from '../foundation/service-of';

const TABLE = hookContentType.schema.collectionName;
/** A process may miss a renewal and still keep its hooks. */
const BEATS_PER_LEASE = 3;

/** Ends the work of a process that was too slow: another one may have the hook now. */
export class LostLease extends Error {
  override name = 'LostLease';
}

/** Ends what is being sent when the process stops: its result is unknown, so it is sent again. */
class Stopped extends Error {
  override name = 'Stopped';
  override message = 'the CMS stopped before the site answered';
}

/** A hook that only this process may send to, until it ends the lease. */
export interface Lease {
  owner: string;
  /** Aborted when another process may have the hook. */
  signal: AbortSignal;
  /** Call before sending anything. @throws The signal's reason if it is, or should be, aborted. */
  assertHeld(): void;
  /** Stops renewing it. */
  end(): void;
}

/**
 * Decides which process sends to a hook: one at a time. It takes the lease by an update that
 * matches the row only while nobody has the lease, renews it while it sends, and releases it
 * together with what it records. A process that dies does not renew it, and another one takes over
 * the hook when the lease has expired.
 *
 * On PostgreSQL, the database's clock counts, because those of replicas differ.
 */
export function createLeases({ strapi }: { strapi: Core.Strapi }) {
  const table = () => strapi.db.getConnection(TABLE);
  /** Controllers of the leases that this process holds. */
  const held = new Set<AbortController>();
  const isPostgres = () => strapi.db.dialect.client === 'postgres';

  /** Returns a time this much later than now, in SQL. */
  function inMs(ms: number): Knex.Value | Knex.Raw {
    const { connection } = strapi.db;
    return isPostgres()
      ? connection.raw(`clock_timestamp() AT TIME ZONE 'UTC' + ? * interval '1 ms'`, [ms])
      : new Date(getClock(strapi).now().getTime() + ms);
  }

  async function renew(id: number, owner: string): Promise<boolean> {
    const { leaseMs } = getConfig(strapi);
    const renewed = await table()
      .where({ id, lease_owner: owner })
      .update({ lease_until: inMs(leaseMs) });
    return renewed > 0;
  }

  /** @param heldFrom The value of `performance.now()` before the lease was taken. */
  function keep(id: number, owner: string, heldFrom: number): Lease {
    const { leaseMs } = getConfig(strapi);
    const lost = new AbortController();
    held.add(lost);
    let heldUntil = heldFrom + leaseMs;
    // If the process was suspended, or the database does not answer, no renewal reveals it.
    const abortIfOver = () => {
      if (performance.now() >= heldUntil) lost.abort(new LostLease());
    };
    const timer = setInterval(() => {
      abortIfOver();
      const begun = performance.now();
      renew(id, owner).then(
        (isOurs) => {
          if (isOurs) heldUntil = begun + leaseMs;
          else lost.abort(new LostLease());
        },
        (error: unknown) =>
          log(strapi, 'warn', 'renewing the lease of a hook failed, trying again', { error })
      );
    }, leaseMs / BEATS_PER_LEASE);
    return {
      owner,
      signal: lost.signal,
      assertHeld() {
        abortIfOver();
        lost.signal.throwIfAborted();
      },
      end() {
        clearInterval(timer);
        held.delete(lost);
      },
    };
  }

  /** Takes the lease of a hook that is still as it was seen, if nobody has it. */
  async function take(seen: HookRow): Promise<Lease | undefined> {
    const owner = randomUUID();
    const { id, cursorSeq, openId, revision, attempts, pausedReason, isEnabled } = seen;
    const heldFrom = performance.now();
    const taken = await table()
      .where({ id, cursor_seq: cursorSeq, open_id: openId, revision })
      // Unless it was tried, paused or disabled since: what was due then is no longer due.
      .where({ attempts, paused_reason: pausedReason, is_enabled: isEnabled })
      .where((free) => free.whereNull('lease_until').orWhere('lease_until', '<', inMs(0)))
      .update({ lease_owner: owner, lease_until: inMs(getConfig(strapi).leaseMs) });
    return taken > 0 ? keep(id, owner, heldFrom) : undefined;
  }

  const release = (id: number, { owner }: Lease) =>
    table().where({ id, lease_owner: owner }).update({ lease_owner: null, lease_until: null });

  return {
    /**
     * Runs a task while nobody else may send to a hook, in this process or another.
     *
     * @param seen The hook as it was when the task was chosen.
     * @param task Receives the hook as it is now.
     * @returns Whether it ran: not if someone else has the hook, or if the hook has changed.
     */
    async use(
      seen: HookRow,
      task: (hook: HookRow, lease: Lease) => Promise<void>
    ): Promise<boolean> {
      const lease = await take(seen);
      if (!lease) return false;
      try {
        const hook = await getHookRows(strapi).find(seen.id);
        if (hook?.revision !== seen.revision || hook.leaseOwner !== lease.owner) return false;
        await task(hook, lease);
        return true;
      } catch (error) {
        if (!(error instanceof LostLease)) throw error;
        const message = `'${seen.name}' was taken over by another process while it was notified`;
        log(strapi, 'warn', message, { hook: seen.name });
        return false;
      } finally {
        lease.end();
        await release(seen.id, lease); // released already if the task recorded a result
      }
    },

    /** Ends what is being sent under the leases of this process. */
    stop: (): void => held.forEach((lost) => lost.abort(new Stopped())),
  };
}

export const getLeases = serviceOf('leases', createLeases);
