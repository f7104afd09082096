import { setTimeout as wait } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { nextStep, type NextStep } from '../../../../core';
import { getConfig } from '../../config';
import { log } from '../foundation/log';
import type { HookRow } from '../../models';
import { getAlerts } from './alerts';
import { getAttempts } from './attempts';
import { getClock } from '../foundation/clock';
import { getFollowedHooks, type Followed } from '../following/followed-hooks';
import { getHookRows } from '../hooks/hook-rows';
import { getLeases } from '../deliveries/leases';
import { getLiveChecks } from './live-checks';
import { getMessages } from './messages';
import { planInputOf } from '../following/delivery-plan-input';
import { serviceOf } from '../foundation/service-of';

/** More frequent rounds find hardly more, and slow down the writes that they look for. */
const SHORTEST_ROUND_MS = 250;
/** The cursor of a hook moves on after this many publications that do not concern it. */
const UNCONCERNED = 500;
/** How long a stop waits: a process, which also waits for requests, ends within 10 seconds. */
const PATIENCE_MS = 3_000;
/** For recording the results of messages. */
const LAST_NOTES_MS = 1_000;

type Step = Exclude<NextStep, { kind: 'rest' }>;

/**
 * Notifies sites of what was published, in rounds. A round reads all hooks and the newest position,
 * and follows what was published since their cursors. For each hook that is due, it takes the
 * lease, stores the message, sends it, and records the result. A round starts with each commit of
 * this process, when a hook is due, and at intervals for what other processes did.
 *
 * All its state is in the database: it may end at any moment, and another process continues.
 */
export function createDispatcher({ strapi }: { strapi: Core.Strapi }) {
  const stopping = new AbortController();
  const sending = new Map<number, Promise<void>>();
  /** Work that only the end of the process waits for: a mail server or a site may be slow. */
  const aside = new Set<Promise<void>>();
  /** Checks of what sites show: when the next one is due, and whether any delivery waits for it. */
  let looking = { isRunning: false, nextAt: 0, isWaitedFor: true };
  let woken = new AbortController();
  let running: Promise<void> | undefined;

  const now = () => getClock(strapi).now();

  /** Sends what a hook has to be notified of, unless another process does. */
  const notify = (seen: HookRow, followed: Followed, step: Step) =>
    getLeases(strapi).use(seen, async (hook, lease) => {
      const delivery = await getMessages(strapi).next(hook, followed, step, lease);
      await getAttempts(strapi).run(hook, delivery, lease);
    });

  const startOver = (seen: HookRow) =>
    getLeases(strapi).use(seen, async (hook, lease) => {
      const why =
        'its cursor is from another or a restored database: it is asked to read everything';
      log(strapi, 'warn', `'${hook.name}' starts over, ${why}`, { hook: hook.name });
      await getMessages(strapi).startOver(hook, lease);
    });

  /** @param work Resolves to whether this process had the hook. */
  function begin(hook: HookRow, work: Promise<boolean>): void {
    const done = work
      .then((wasOurs) => {
        if (wasOurs) woken.abort();
      })
      .catch((error: unknown) =>
        log(strapi, 'error', `notifying '${hook.name}' failed, trying again`, {
          hook: hook.name,
          error,
        })
      )
      .finally(() => sending.delete(hook.id));
    sending.set(hook.id, done);
  }

  /** @returns When something is due next. */
  function advance(hook: HookRow, followed: Followed | undefined): Date | undefined {
    if (!followed) {
      begin(hook, startOver(hook));
      return undefined;
    }
    const step = nextStep(planInputOf(hook, followed));
    if (step.kind === 'rest') return undefined;
    if (step.at > now()) return step.at;
    begin(hook, notify(hook, followed, step));
    return undefined;
  }

  /** Moves the cursor past publications that do not concern the hook, so they are not reread. */
  async function moveOn(hook: HookRow, { pending }: Followed): Promise<void> {
    const isRest = pending.changes.size === 0 && hook.openId === null && !hook.startOver;
    if (!isRest || pending.to.seq - hook.cursorSeq < UNCONCERNED) return;
    // With another filter than this one, some of it may concern the hook.
    const { cursorSeq, cursorToken, revision } = hook;
    await getHookRows(strapi).note(
      hook.id,
      { cursorSeq: pending.to.seq, cursorToken: pending.to.token },
      { cursorSeq, cursorToken, revision, openId: null }
    );
  }

  function runInBackground(name: string, work: Promise<void>): void {
    const done = work
      .catch((error: unknown) => log(strapi, 'error', `${name} failed, trying again`, { error }))
      .finally(() => aside.delete(done));
    aside.add(done);
  }

  /** @param since When the oldest change was published that the site was not notified of. */
  const alertIfDue = (hook: HookRow, since?: Date): void =>
    runInBackground('alerting operators', getAlerts(strapi).check(hook, since));

  /** Asks sites what they show, including those of paused hooks, if any of them can say so. */
  function look(hooks: readonly HookRow[]): void {
    const isDue = now().getTime() >= looking.nextAt;
    const isAsked = looking.isWaitedFor || hooks.some(({ statusUrl }) => statusUrl);
    if (looking.isRunning || !isDue || !isAsked) return;
    looking.isRunning = true;
    const latest = now().getTime() + getConfig(strapi).pollMs;
    const work = getLiveChecks(strapi)
      .run(stopping.signal)
      .then(
        (at) =>
          (looking = {
            isRunning: false,
            nextAt: Math.min(latest, at?.getTime() ?? latest),
            isWaitedFor: at !== undefined,
          })
      )
      .finally(() => (looking.isRunning = false));
    runInBackground(
      'asking sites what they show',
      work.then(() => undefined)
    );
  }

  /** @returns When the next round is due at the latest, in milliseconds. */
  async function round(): Promise<number> {
    const { pollMs } = getConfig(strapi);
    const hooks = await getHookRows(strapi).allById();
    look(hooks);
    getFollowedHooks(strapi).keepOnly(new Set(hooks.map(({ id }) => id)));
    const active = hooks.filter(({ isEnabled, pausedReason }) => isEnabled && !pausedReason);
    // The process that paused a hook may have ended before it sent the alert. Stopping a hook also
    // ends the alert about it.
    for (const hook of hooks) if (!active.includes(hook)) alertIfDue(hook);
    if (active.length === 0) return pollMs;
    const followed = await getFollowedHooks(strapi).follow(active);
    let nextAt: Date | undefined;
    for (const hook of active) {
      if (sending.has(hook.id)) continue;
      const found = followed.get(hook.id);
      const at = advance(hook, found);
      if (at && (!nextAt || at < nextAt)) nextAt = at;
      // What is being sent may have waited only for the hook to be resumed, or for a process.
      if (!found || sending.has(hook.id)) continue;
      await moveOn(hook, found);
      alertIfDue(
        hook,
        hook.startOverAt ? new Date(hook.startOverAt) : found.pending.during?.firstAt
      );
    }
    return Math.min(pollMs, nextAt ? Math.max(0, nextAt.getTime() - now().getTime()) : pollMs);
  }

  async function run(): Promise<void> {
    const { signal } = stopping;
    while (!signal.aborted) {
      woken = new AbortController();
      const begun = performance.now();
      const dueInMs = await round().catch((error: unknown) => {
        log(strapi, 'error', 'looking for changes to send failed, trying again', {
          error,
        });
        return getConfig(strapi).pollMs;
      });
      await pause(dueInMs, woken.signal);
      // Only a round that was woken early is delayed: nothing that falls due is late.
      if (woken.signal.aborted) await pause(begun + SHORTEST_ROUND_MS - performance.now(), signal);
    }
  }

  return {
    /** Whether it no longer starts anything. */
    isStopping: (): boolean => stopping.signal.aborted,

    /** Starts sending. */
    start(): void {
      if (getConfig(strapi).isEnabled) running ??= run();
    },

    /** Starts the next round at once. */
    wake: (): void => woken.abort(),

    /** Runs one round, and waits for all that it sends. */
    async runOnce(): Promise<void> {
      await round();
      await Promise.all([...sending.values(), ...aside]);
    },

    /** Waits for running deliveries. Aborts slow ones: the next process sends them again. */
    async stop(): Promise<void> {
      stopping.abort();
      woken.abort();
      const ended = (async () => {
        await running;
        await Promise.all([...sending.values(), ...aside]);
      })();
      await atMost(PATIENCE_MS, ended);
      getLeases(strapi).stop();
      await atMost(LAST_NOTES_MS, ended);
    },
  };
}

const atMost = (ms: number, work: Promise<void>): Promise<void> =>
  Promise.race([work, wait(ms, undefined, { ref: false })]);

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  wait(Math.max(0, ms), undefined, { signal }).catch(() => undefined);

export const getDispatcher = serviceOf('dispatcher', createDispatcher);
