import type { Core } from '@strapi/strapi';
import { BEGIN } from 'strapi-plugin-frontmatter/core';
import type { NextStep } from '../../../../core';
import { NOTHING_OPEN, type DeliveryRow, type HookRow } from '../../models';
import { getPublicationLog } from '../../plugin-id';
import { getClock } from '../foundation/clock';
import { getDeliveries } from '../deliveries/deliveries';
import type { Followed } from '../following/followed-hooks';
import { getHookRows } from '../hooks/hook-rows';
import { LostLease, type Lease } from '../deliveries/leases';
import { serviceOf } from '../foundation/service-of';

/** Creates the messages of hooks: each is stored, together with the hook, before it is sent. */
export function createMessages({ strapi }: { strapi: Core.Strapi }) {
  const nowIso = () => getClock(strapi).now().toISOString();

  return {
    /**
     * Returns the message to send now: the open one, or a new one of all that is pending.
     *
     * @throws LostLease if this process no longer has the hook.
     */
    async next(
      hook: HookRow,
      { pending }: Followed,
      step: Exclude<NextStep, { kind: 'rest' }>,
      { owner }: Lease
    ): Promise<DeliveryRow> {
      const deliveries = getDeliveries(strapi);
      const open = hook.openId === null ? null : await deliveries.find(hook.openId);
      if (step.kind === 'send' && open) return open;
      const { changes, during, to } = pending;
      // Before the transaction, which may hold the only connection.
      const newest = hook.startOver ? await getPublicationLog(strapi).newest() : to;
      return strapi.db.transaction(async () => {
        if (open) await deliveries.close(open.id, 'superseded');
        const made = await deliveries.create(hook, 'changes', {
          type: 'content.changed',
          timestamp: during?.lastAt ?? getClock(strapi).now(),
          from: { seq: hook.cursorSeq, token: hook.cursorToken },
          to: newest,
          changes: hook.startOver ? [] : changes.values(),
          startOver: hook.startOver ?? undefined,
        });
        const isOurs = await getHookRows(strapi).note(
          hook.id,
          {
            openId: made.id,
            openToSeq: made.toSeq,
            openToToken: made.toToken,
            openMadeAt: nowIso(),
            openRevision: hook.revision,
            attempts: 0,
            nextAttemptAt: null,
          },
          { leaseOwner: owner }
        );
        if (!isOurs) throw new LostLease();
        await getHookRows(strapi).fulfil(hook);
        return made;
      });
    },

    /** Starts over with a hook whose cursor this database never had: its site reads everything. */
    async startOver(hook: HookRow, { owner }: Lease): Promise<void> {
      await strapi.db.transaction(async () => {
        const begins = await getHookRows(strapi).note(
          hook.id,
          {
            cursorSeq: BEGIN.seq,
            cursorToken: BEGIN.token,
            startOver: 'restored',
            startOverAt: nowIso(),
            ...NOTHING_OPEN,
            liveSeq: 0,
          },
          { cursorSeq: hook.cursorSeq, cursorToken: hook.cursorToken, leaseOwner: owner }
        );
        if (begins && hook.openId !== null) {
          await getDeliveries(strapi).close(hook.openId, 'superseded');
        }
      });
    },
  };
}

export const getMessages = serviceOf('messages', createMessages);
