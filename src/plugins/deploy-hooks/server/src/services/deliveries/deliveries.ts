import { randomBytes } from 'node:crypto';
import type { Core, UID } from '@strapi/strapi';
import { createMessage, type MessageInput } from '../../../../core';
import type { Attempt, DeliveryKind, DeliveryState, Liveness } from '../../../../shared';
import { getConfig } from '../../config';
import { DELIVERY, type DeliveryRow, type HookRow } from '../../models';
import { getClock } from '../foundation/clock';
import { getHookRows } from '../hooks/hook-rows';
import { serviceOf } from '../foundation/service-of';

/** How many attempts of a message are kept. */
const KEPT_ATTEMPTS = 20;
const DAY_MS = 24 * 60 * 60 * 1_000;
/** How long the deliveries of a deleted hook can be read, from their creation. */
const KEPT_OF_GONE_MS = 30 * DAY_MS;
const ID_BYTES = 18;

/** A `webhook-id`, which must not contain a dot: it is part of what is signed. */
const newMessageId = (): string => `msg_${randomBytes(ID_BYTES).toString('base64url')}`;

/** Stores messages and their results. */
export function createDeliveries({ strapi }: { strapi: Core.Strapi }) {
  const query = () => strapi.db.query(DELIVERY.uid as UID.Schema);
  const now = (): string => getClock(strapi).now().toISOString();

  /** Ends tests whose process ended, or lost the hook to the caller: nobody sends them. */
  const endLost = (hookId: number) =>
    query().updateMany({
      where: { hookId, kind: 'test', state: 'open' },
      data: { state: 'failed', endedAt: now() },
    });

  /** Removes old deliveries of deleted hooks. */
  async function forgetGone(): Promise<void> {
    const hooks = await getHookRows(strapi).allById();
    const before = new Date(Date.parse(now()) - KEPT_OF_GONE_MS).toISOString();
    const hookId = { $notIn: hooks.map(({ id }) => id) };
    await query().deleteMany({ where: { hookId, createdAt: { $lt: before } } });
  }

  /** Removes the deliveries of a hook, except the newest and those in progress. */
  async function forgetOld(hookId: number): Promise<void> {
    const [newestToGo] = (await query().findMany({
      select: ['id'],
      where: { hookId },
      orderBy: { id: 'desc' },
      offset: getConfig(strapi).retention,
      limit: 1,
    })) as Pick<DeliveryRow, 'id'>[];
    if (!newestToGo) return;
    const where = { hookId, id: { $lte: newestToGo.id }, state: { $ne: 'open' } };
    await query().deleteMany({ where });
  }

  return {
    find: (id: number): Promise<DeliveryRow | null> =>
      query().findOne({ where: { id } }) as Promise<DeliveryRow | null>,

    findNewest: (hookId: number): Promise<DeliveryRow | null> =>
      query().findOne({
        where: { hookId },
        orderBy: { id: 'desc' },
      }) as Promise<DeliveryRow | null>,

    /** Stores a message, which never changes from then on. */
    async create(hook: HookRow, kind: DeliveryKind, input: MessageInput): Promise<DeliveryRow> {
      const { from, to } = input;
      await endLost(hook.id);
      const row = (await query().create({
        data: {
          hookId: hook.id,
          hookName: hook.name,
          messageId: newMessageId(),
          kind,
          state: 'open',
          fromSeq: from.seq,
          fromToken: from.token,
          toSeq: to.seq,
          toToken: to.token,
          message: JSON.stringify(createMessage(input)),
          revision: hook.revision,
          attempts: [],
          attemptCount: 0,
          createdAt: now(),
          liveChecks: 0,
        } satisfies Partial<DeliveryRow>,
      })) as DeliveryRow;
      await forgetOld(hook.id);
      await forgetGone();
      return row;
    },

    /** Records an attempt, and what it means for the message. */
    async noteAttempt(
      { id, attempts, attemptCount, endedAt }: DeliveryRow,
      attempt: Attempt,
      note: {
        state: DeliveryState;
        nextAttemptAt?: string | null;
        live?: Liveness | null;
        liveCheckAt?: string | null;
        liveChecks?: number;
      }
    ): Promise<void> {
      await query().update({
        where: { id },
        data: {
          ...note,
          attempts: [...attempts, attempt].slice(-KEPT_ATTEMPTS),
          attemptCount: attemptCount + 1,
          nextAttemptAt: note.nextAttemptAt ?? null,
          // If it is sent again, how long it takes to be live still counts from its first end.
          endedAt: note.state === 'open' ? null : (endedAt ?? now()),
        },
      });
    },

    /** Ends a message that is not sent again, unless it has already ended. */
    async close(id: number, state: DeliveryState): Promise<void> {
      await query().updateMany({
        where: { id, state: 'open' },
        data: { state, endedAt: now(), nextAttemptAt: null },
      });
    },
  };
}

export const getDeliveries = serviceOf('deliveries', createDeliveries);
