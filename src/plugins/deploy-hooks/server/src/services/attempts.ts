import type { Core } from '@strapi/strapi';
import {
  nextAttemptAt,
  presetRequest,
  signs,
  withQuery,
  type Message,
  type Outcome,
} from '../../../core';
import type { Attempt } from '../../../shared';
import { getConfig } from '../config';
import { log } from '../log';
import type { DeliveryRow, HookRow } from '../models';
import { getService } from '../plugin-id';
import type { HookNote } from './hook-notes';
import type { Lease } from './leases';

interface Sent {
  attempt: Attempt;
  outcome: Outcome;
}

type Failure = Exclude<Outcome, { kind: 'delivered' }>;

/** What a hook notes that has nothing under way. */
const NOTHING_OPEN = {
  openId: null,
  openToSeq: null,
  openToToken: null,
  openMadeAt: null,
  openRevision: null,
  attempts: 0,
  nextAttemptAt: null,
} satisfies HookNote;
const NO_FAILURE = {
  failures: 0,
  failingSince: null,
  failureReason: null,
  notBefore: null,
} satisfies HookNote;
/** One try is what an operator asked for: the next one comes when it is due. */
const TRIED = { leaseOwner: null, leaseUntil: null, wantedAt: null } satisfies HookNote;

/** Sends messages, and notes what became of them. */
export function createAttempts({ strapi }: { strapi: Core.Strapi }) {
  const now = () => getService(strapi, 'clock').now();
  const rows = () => getService(strapi, 'hook-notes');
  const deliveries = () => getService(strapi, 'deliveries');

  async function send(hook: HookRow, delivery: DeliveryRow, signal: AbortSignal): Promise<Sent> {
    const credentials = getService(strapi, 'credentials').open(hook);
    if (!credentials) {
      const reason =
        'Its address and secrets cannot be read with this ENCRYPTION_KEY: enter them again';
      return { attempt: unsent(now(), reason), outcome: { kind: 'pause', reason } };
    }
    const { url, token, headers, secrets } = credentials;
    const at = now();
    const message = JSON.parse(delivery.message) as Message;
    const request = presetRequest(hook.preset, message, { token });
    const valid = secrets.filter(({ until }) => !until || new Date(until) > at);
    return getService(strapi, 'sender').send({
      url: withQuery(url, request.query),
      headers: { ...request.headers, ...headers },
      body: request.body,
      secrets: signs(hook.preset) ? valid.map(({ secret }) => secret) : [],
      messageId: delivery.messageId,
      at,
      signal,
    });
  }

  /** The site has it. The cursor stays where it is if the hook goes to another address since. */
  async function noteDelivered(
    hook: HookRow,
    delivery: DeliveryRow,
    owner: string
  ): Promise<boolean> {
    const { toSeq: cursorSeq, toToken: cursorToken } = delivery;
    const ended: HookNote = {
      ...NOTHING_OPEN,
      ...NO_FAILURE,
      ...TRIED,
      lastDeliveredAt: now().toISOString(),
    };
    const moved = { cursorSeq, cursorToken, startOver: null, startOverAt: null };
    const isOurs = { leaseOwner: owner, openId: delivery.id };
    const { revision } = delivery;
    return (
      (await rows().note(hook.id, { ...ended, ...moved }, { ...isOurs, revision })) ||
      (await rows().note(hook.id, ended, isOurs))
    );
  }

  /** When a message that was not taken is sent again; nothing if the hook is to be paused. */
  function retryAt(hook: HookRow, outcome: Failure, failingSince: string): Date | undefined {
    if (outcome.kind === 'pause') return undefined;
    return nextAttemptAt({
      preset: hook.preset,
      attempts: hook.attempts + 1,
      failures: hook.failures + 1,
      now: now(),
      failingSince: new Date(failingSince),
      notBefore: outcome.notBefore,
      retryDelaysMs: getConfig(strapi).retryDelaysMs,
      random: Math.random(),
    });
  }

  /** The cursor stays. Without a moment to try again the hook is paused. */
  async function noteFailed(
    hook: HookRow,
    outcome: Failure,
    owner: string
  ): Promise<{ isNoted: boolean; retryAt: Date | undefined }> {
    const { reason } = outcome;
    const failingSince = hook.failingSince ?? now().toISOString();
    const at = retryAt(hook, outcome, failingSince);
    const givenUp = `Given up, no message was taken since ${failingSince}: ${reason}`;
    const isNoted = await rows().note(
      hook.id,
      {
        ...TRIED,
        failures: hook.failures + 1,
        failingSince,
        failureReason: reason,
        ...(at
          ? { attempts: hook.attempts + 1, nextAttemptAt: at.toISOString() }
          : {
              ...NOTHING_OPEN,
              pausedReason: outcome.kind === 'pause' ? reason : givenUp,
              pausedAt: now().toISOString(),
            }),
        notBefore: (outcome.kind === 'retry' && outcome.notBefore?.toISOString()) || null,
      },
      { leaseOwner: owner }
    );
    return { isNoted, retryAt: at };
  }

  async function report(
    hook: HookRow,
    { messageId }: DeliveryRow,
    { reason }: Failure,
    retriedAt?: Date
  ): Promise<void> {
    const next = retriedAt
      ? `it is tried again at ${retriedAt.toISOString()}`
      : 'the hook is paused';
    log(strapi, 'warn', `'${hook.name}' was not told: ${reason}; ${next}`, {
      hook: hook.name,
      messageId,
    });
    const noted = await rows().find(hook.id);
    if (noted) await getService(strapi, 'alerts').check(noted);
  }

  return {
    /** Sends the open message of a hook that this process has taken, and gives the hook back. */
    async run(hook: HookRow, delivery: DeliveryRow, { owner, signal }: Lease): Promise<void> {
      const { outcome, attempt } = await send(hook, delivery, signal);
      const live = getService(strapi, 'live-checks').columnsOfTaken(hook, now());
      const failed = await strapi.db.transaction(async () => {
        if (outcome.kind === 'delivered') {
          if (!(await noteDelivered(hook, delivery, owner))) return undefined;
          await deliveries().noteAttempt(delivery, attempt, { state: 'delivered', ...live });
          return undefined;
        }
        const { isNoted, retryAt } = await noteFailed(hook, outcome, owner);
        // Another process has the hook meanwhile, or nobody any more: what it notes counts.
        if (!isNoted) return undefined;
        await deliveries().noteAttempt(delivery, attempt, {
          state: retryAt ? 'open' : 'failed',
          nextAttemptAt: retryAt?.toISOString() ?? null,
        });
        return { retryAt };
      });
      getService(strapi, 'metrics').countAttempt(hook.name, outcome.kind);
      if (outcome.kind === 'delivered') await getService(strapi, 'alerts').recovered(hook);
      if (failed) await report(hook, delivery, outcome as Failure, failed.retryAt);
    },

    /** Sends a message once that is no step of the hook: a test, or one that was sent before. */
    async runApart(hook: HookRow, delivery: DeliveryRow, { signal }: Lease): Promise<void> {
      const { attempt, outcome } = await send(hook, delivery, signal);
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
