import type { Core } from '@strapi/strapi';
import {
  nextAttemptAt,
  presetRequest,
  withQuery,
  type Message,
  type Outcome,
} from '../../../../core';
import type { Attempt } from '../../../../shared';
import { getConfig } from '../../config';
import { log } from '../foundation/log';
import {
  NO_FAILURE,
  NOTHING_OPEN,
  type DeliveryRow,
  type HookRow,
  type NotedColumns,
} from '../../models';
import { getClock } from '../foundation/clock';
import { getCredentials, validSecrets } from '../hooks/credentials';
import { getDeliveries } from '../deliveries/deliveries';
import { getHookRows } from '../hooks/hook-rows';
import type { Lease } from '../deliveries/leases';
import { getLiveChecks } from './live-checks';
import { getMetrics } from '../following/metrics';
import { getSender, type Sent } from '../sending/sender';
import { serviceOf } from '../foundation/service-of';

type Failure = Exclude<Outcome, { kind: 'delivered' }>;

/** The state of a message that was not accepted; without `retryAt`, its hook is paused. */
type Failed = { state: 'open'; retryAt: Date } | { state: 'failed'; retryAt?: undefined };

const GIVEN_BACK = { leaseOwner: null, leaseUntil: null } satisfies Partial<NotedColumns>;

/** Sends messages, and records the results. */
export function createAttempts({ strapi }: { strapi: Core.Strapi }) {
  const now = () => getClock(strapi).now();
  const rows = () => getHookRows(strapi);
  const deliveries = () => getDeliveries(strapi);

  async function send(hook: HookRow, delivery: DeliveryRow, lease: Lease): Promise<Sent> {
    const credentials = getCredentials(strapi).open(hook);
    if (!credentials) {
      const reason =
        'Its address and secrets cannot be read with this ENCRYPTION_KEY: enter them again';
      return { attempt: unsent(now(), reason), outcome: { kind: 'pause', reason } };
    }
    const { url, token, headers } = credentials;
    const at = now();
    const message = JSON.parse(delivery.message) as Message;
    const request = presetRequest(hook.preset, message, { token });
    lease.assertHeld();
    return getSender(strapi).send({
      url: withQuery(url, request.query),
      headers: { ...request.headers, ...headers },
      body: request.body,
      secrets: validSecrets(credentials, at).map(({ secret }) => secret),
      messageId: delivery.messageId,
      at,
      signal: lease.signal,
    });
  }

  /** Records that the site accepted it. The cursor stays if the hook was edited since. */
  async function noteDelivered(
    hook: HookRow,
    delivery: DeliveryRow,
    owner: string
  ): Promise<boolean> {
    const { toSeq: cursorSeq, toToken: cursorToken } = delivery;
    const ended = {
      ...NOTHING_OPEN,
      ...NO_FAILURE,
      ...GIVEN_BACK,
      lastDeliveredAt: now().toISOString(),
    } satisfies Partial<NotedColumns>;
    const moved = {
      cursorSeq,
      cursorToken,
      sentSeq: cursorSeq,
      startOver: null,
      startOverAt: null,
    } satisfies Partial<NotedColumns>;
    const isOurs = { leaseOwner: owner, openId: delivery.id };
    const { revision } = delivery;
    return (
      (await rows().note(hook.id, { ...ended, ...moved }, { ...isOurs, revision })) ||
      (await rows().note(hook.id, ended, isOurs))
    );
  }

  /** Returns when a message that was not accepted is sent again; `undefined` to pause the hook. */
  function retryAt(
    { preset }: HookRow,
    outcome: Failure,
    run: { attempts: number; failures: number; failingSince: string }
  ): Date | undefined {
    if (outcome.kind === 'pause') return undefined;
    return nextAttemptAt({
      ...run,
      preset,
      now: now(),
      failingSince: new Date(run.failingSince),
      notBefore: outcome.notBefore,
      retryDelaysMs: getConfig(strapi).retryDelaysMs,
      random: Math.random(),
    });
  }

  /**
   * Records a failure. The cursor stays. Without a time to try again, the hook is paused.
   *
   * @returns `undefined` if another process has the hook by now, or nobody does.
   */
  async function noteFailed(
    hook: HookRow,
    delivery: DeliveryRow,
    outcome: Failure,
    owner: string
  ): Promise<Failed | undefined> {
    const { reason } = outcome;
    const attempts = delivery.attemptCount + 1;
    // Failures from before the hook was edited say nothing about what it is now.
    const isChanged = hook.openId !== null && hook.openRevision !== hook.revision;
    const before = isChanged ? NO_FAILURE : hook;
    const failures = before.failures + 1;
    const failingSince = before.failingSince ?? now().toISOString();
    const at = retryAt(hook, outcome, { attempts, failures, failingSince });
    const givenUp = `Gave up, no message was accepted since ${failingSince}: ${reason}`;
    const isNoted = await rows().note(
      hook.id,
      {
        ...GIVEN_BACK,
        failures,
        failingSince,
        failureReason: reason,
        ...(at
          ? { attempts, nextAttemptAt: at.toISOString() }
          : {
              ...NOTHING_OPEN,
              pausedReason: outcome.kind === 'pause' ? reason : givenUp,
              pausedAt: now().toISOString(),
            }),
        notBefore: (outcome.kind === 'retry' && outcome.notBefore?.toISOString()) || null,
      },
      { leaseOwner: owner, revision: delivery.revision }
    );
    if (isNoted) return at ? { state: 'open', retryAt: at } : { state: 'failed' };
    // Edited while it was sent: a new message goes where the hook goes now.
    const isOurs = await rows().note(hook.id, GIVEN_BACK, { leaseOwner: owner });
    return isOurs ? { state: 'open', retryAt: now() } : undefined;
  }

  function report(
    hook: HookRow,
    { messageId }: DeliveryRow,
    { reason }: Failure,
    { retryAt: at }: Failed
  ): void {
    const next = at ? `it is tried again at ${at.toISOString()}` : 'the hook is paused';
    log(strapi, 'warn', `'${hook.name}' was not notified: ${reason}; ${next}`, {
      hook: hook.name,
      messageId,
    });
  }

  return {
    /** Sends the open message of a hook whose lease this process has, and releases the lease. */
    async run(hook: HookRow, delivery: DeliveryRow, lease: Lease): Promise<void> {
      const { owner } = lease;
      const { outcome, attempt } = await send(hook, delivery, lease);
      const live = getLiveChecks(strapi).columnsOfTaken(hook, now());
      const failed = await strapi.db.transaction(async () => {
        await rows().fulfil(hook);
        if (outcome.kind === 'delivered') {
          if (!(await noteDelivered(hook, delivery, owner))) return undefined;
          // A host may have reported the build before its answer was recorded.
          const reported = (await deliveries().find(delivery.id))?.live;
          const isShown = reported?.kind === 'live';
          const known = {
            ...live,
            ...(reported && { live: reported }),
            ...(isShown && { liveCheckAt: null }),
          };
          await deliveries().noteAttempt(delivery, attempt, { state: 'delivered', ...known });
          return undefined;
        }
        const noted = await noteFailed(hook, delivery, outcome, owner);
        if (!noted) return undefined;
        await deliveries().noteAttempt(delivery, attempt, {
          state: noted.state,
          nextAttemptAt: noted.retryAt?.toISOString() ?? null,
        });
        return noted;
      });
      getMetrics(strapi).countAttempt(hook.name, outcome.kind);
      if (failed) report(hook, delivery, outcome as Failure, failed);
    },

    /** Sends a message once, outside the hook's sequence: a test, or one that was sent before. */
    async runApart(hook: HookRow, delivery: DeliveryRow, lease: Lease): Promise<void> {
      const { attempt, outcome } = await send(hook, delivery, lease);
      const result = outcome.kind === 'delivered' ? 'delivered' : 'failed';
      const state = delivery.state === 'open' ? result : delivery.state;
      await deliveries().noteAttempt(delivery, attempt, { state });
    },
  };
}

const unsent = (at: Date, error: string): Attempt => ({
  at: at.toISOString(),
  status: null,
  durationMs: 0,
  error,
  response: null,
});

export const getAttempts = serviceOf('attempts', createAttempts);
