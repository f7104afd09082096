import { setTimeout as wait } from 'node:timers/promises';
import { errors } from 'strapi-plugin-frontmatter/kit/strapi-utils';
import type { Core } from '@strapi/strapi';
import { nextStep, PAUSED_BY_OPERATOR } from '../../../../core';
import type { Delivery, Operations } from '../../../../shared';
import { getConfig } from '../../config';
import { NO_FAILURE, type DeliveryRow, type HookRow } from '../../models';
import { getAttempts } from '../dispatching/attempts';
import { getClock } from '../foundation/clock';
import { getDeliveries } from '../deliveries/deliveries';
import { toDelivery } from '../deliveries/delivery-list';
import { getDispatcher } from '../dispatching/dispatcher';
import { getFollowedHooks } from '../following/followed-hooks';
import { getHookRows } from '../hooks/hook-rows';
import { getLeases, type Lease } from '../deliveries/leases';
import { getMessages } from '../dispatching/messages';
import { getHooks } from './hooks';
import { planInputOf } from '../following/delivery-plan-input';
import { serviceOf } from '../foundation/service-of';

const POLL_MS = 100;
/** Added to the time that one request may take. */
const PATIENCE_MS = 5_000;

/** Actions of operators that take effect at once, in the process that receives them. */
export function createOperations({ strapi }: { strapi: Core.Strapi }): Operations {
  const now = () => getClock(strapi).now();
  const deliveries = () => getDeliveries(strapi);

  const get = (hookId: number): Promise<HookRow> => getHookRows(strapi).get(hookId);

  function assertSends(): void {
    if (getDispatcher(strapi).isStopping()) {
      throw new errors.ApplicationError('This process is shutting down: try again');
    }
    if (getConfig(strapi).isEnabled) return;
    throw new errors.ApplicationError(
      'This process does not send (DEPLOY_HOOKS_ENABLED is false): ask one that does'
    );
  }

  /** Runs a task once nobody else sends to the hook. */
  async function inTurn(
    hookId: number,
    task: (hook: HookRow, lease: Lease) => Promise<DeliveryRow | undefined>
  ): Promise<Delivery> {
    assertSends();
    let delivery: DeliveryRow | undefined;
    const giveUpAt = performance.now() + getConfig(strapi).requestTimeoutMs + PATIENCE_MS;
    while (!delivery) {
      const seen = await get(hookId);
      await getLeases(strapi).use(seen, async (hook, lease) => {
        delivery = await task(hook, lease);
      });
      if (!delivery && performance.now() > giveUpAt) {
        throw new errors.ApplicationError(
          `Another message to '${seen.name}' is still being sent: try again in a minute`
        );
      }
      if (!delivery) await wait(POLL_MS);
    }
    return toDelivery((await deliveries().find(delivery.id)) ?? delivery);
  }

  async function sendNow(hook: HookRow, lease: Lease): Promise<DeliveryRow | undefined> {
    const followed = (await getFollowedHooks(strapi).follow([hook])).get(hook.id);
    if (!followed) {
      await getMessages(strapi).startOver(hook, lease);
      return undefined; // the next turn sends it
    }
    const step = nextStep({ ...planInputOf(hook, followed), wantedAt: now() });
    if (step.kind === 'rest') return undefined;
    const delivery = await getMessages(strapi).next(hook, followed, step, lease);
    await getAttempts(strapi).run(hook, delivery, lease);
    return delivery;
  }

  /** Leaves it to a process that sends, and waits for the result. */
  async function delegatedSend({ id, name }: HookRow): Promise<Delivery> {
    const before = await deliveries().findNewest(id);
    const wantedAt = now().toISOString();
    await getHookRows(strapi).note(id, { wantedAt });
    const { requestTimeoutMs, pollMs } = getConfig(strapi);
    const giveUpAt = performance.now() + requestTimeoutMs + pollMs + PATIENCE_MS;
    while (performance.now() < giveUpAt) {
      // A delivery that was in progress does not contain newer changes: the request remains.
      const isFulfilled = (await get(id)).wantedAt !== wantedAt;
      const newest = await deliveries().findNewest(id);
      const triedBefore = newest?.id === before?.id ? before?.attemptCount : 0;
      const isTried = newest && newest.attemptCount > (triedBefore ?? 0);
      if (isFulfilled && isTried) return toDelivery(newest);
      await wait(POLL_MS);
    }
    throw new errors.ApplicationError(
      `No process has notified '${name}' yet: at least one has to run with DEPLOY_HOOKS_ENABLED=true, and notifies it then`
    );
  }

  return {
    /** Notifies a site at once, whether or not anything is pending. */
    async deployNow(hookId) {
      const hook = await get(hookId);
      const { name, isEnabled, pausedReason } = hook;
      if (!isEnabled) throw new errors.ApplicationError(`'${name}' is disabled: enable it first`);
      if (pausedReason) throw new errors.ApplicationError(`'${name}' is paused: resume it first`);
      return getConfig(strapi).isEnabled ? inTurn(hookId, sendNow) : delegatedSend(hook);
    },

    /** Sends a message without changes, once; the hook's cursor stays. */
    test: (hookId) =>
      inTurn(hookId, async (hook, lease) => {
        const cursor = { seq: hook.cursorSeq, token: hook.cursorToken };
        const delivery = await deliveries().create(hook, 'test', {
          type: 'test',
          timestamp: now(),
          from: cursor,
          to: cursor,
          changes: [],
        });
        await getAttempts(strapi).runApart(hook, delivery, lease);
        return delivery;
      }),

    /** Sends the same message again; the hook's cursor stays, unless that is the open message. */
    async sendAgain(deliveryId) {
      const found = await deliveries().find(deliveryId);
      if (!found) throw new errors.NotFoundError(`There is no delivery ${deliveryId}`);
      return inTurn(found.hookId, async (hook, lease) => {
        if (hook.revision !== found.revision) {
          throw new errors.ApplicationError(
            `'${hook.name}' was edited after that message was made, so it would go elsewhere or say something else: use Deploy now instead`
          );
        }
        const delivery = (await deliveries().find(deliveryId)) ?? found;
        const isOpen = hook.openId === delivery.id;
        const attempts = getAttempts(strapi);
        await (isOpen ? attempts.run : attempts.runApart)(hook, delivery, lease);
        return delivery;
      });
    },

    /** Stops sending. Nothing is lost: changes remain pending. */
    async pause(hookId) {
      const { id, pausedReason } = await get(hookId);
      const note = { pausedReason: PAUSED_BY_OPERATOR, pausedAt: now().toISOString() };
      if (!pausedReason) await getHookRows(strapi).note(id, note);
      return getHooks(strapi).findOne(id);
    },

    /** Resumes sending, at once if anything is pending. */
    async resume(hookId) {
      const { id, openId } = await get(hookId);
      await getHookRows(strapi).note(id, {
        pausedReason: null,
        pausedAt: null,
        ...NO_FAILURE,
        // Earlier alerts no longer count: operators are alerted again if a repair did not help.
        alertedOf: null,
        nextAttemptAt: openId === null ? null : now().toISOString(),
      });
      getDispatcher(strapi).wake();
      return getHooks(strapi).findOne(id);
    },
  };
}

export const getOperations = serviceOf('operations', createOperations);
