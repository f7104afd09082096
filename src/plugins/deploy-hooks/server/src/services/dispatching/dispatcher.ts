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

/** Looking more often finds hardly more, and takes time from the writes that it looks for. */
const SHORTEST_ROUND_MS = 250;
/** A hook that did not change its cursor for so many publications, none of which concern it. */
const UNCONCERNED = 500;
/** With what requests to the CMS take for theirs, a process ends within 10 seconds. */
const PATIENCE_MS = 3_000;
/** For noting what became of a message. */
const LAST_NOTES_MS = 1_000;

type Step = Exclude<NextStep, { kind: 'rest' }>;

/**
 * Tells sites what was published. In rounds: it reads all hooks and the newest position, follows what
 * was published since their cursors, and for each hook that is due takes the lease, writes the
 * message down, sends it, and notes what became of it. A round comes with each commit of this process,
 * when a hook is due, and now and then, for what other processes did.
 *
 * All it knows is in the database: it may end at any moment, and another process goes on.
 */
export function createDispatcher({ strapi }: { strapi: Core.Strapi }) {
  const stopping = new AbortController();
  const sending = new Map<number, Promise<void>>();
  /** What nobody waits for but the end of the process: a mail server or a site may be slow. */
  const aside = new Set<Promise<void>>();
  /** For what sites show: when it is next due, and whether any delivery waits for it. */
  let looking = { isRunning: false, nextAt: 0, isWaitedFor: true };
  let woken = new AbortController();
  let running: Promise<void> | undefined;

  const now = () => getClock(strapi).now();

  /** Sends what a hook is to be told, unless another process does. */
  const tell = (seen: HookRow, followed: Followed, step: Step) =>
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

  /** @param work Says whether this process had the hook. */
  function begin(hook: HookRow, work: Promise<boolean>): void {
    const done = work
      .then((wasOurs) => {
        if (wasOurs) woken.abort();
      })
      .catch((error: unknown) =>
        log(strapi, 'error', `telling '${hook.name}' failed, it is done again`, {
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
    begin(hook, tell(hook, followed, step));
    return undefined;
  }

  /** A hook whose filter nothing passes would be read from further and further back. */
  async function moveOn(hook: HookRow, { pending }: Followed): Promise<void> {
    const isRest = pending.changes.size === 0 && hook.openId === null && !hook.startOver;
    if (!isRest || pending.to.seq - hook.cursorSeq < UNCONCERNED) return;
    // By another filter than this one, some of it may concern the hook.
    const { cursorSeq, cursorToken, revision } = hook;
    await getHookRows(strapi).note(
      hook.id,
      { cursorSeq: pending.to.seq, cursorToken: pending.to.token },
      { cursorSeq, cursorToken, revision, openId: null }
    );
  }

  function runInBackground(name: string, work: Promise<void>): void {
    const done = work
      .catch((error: unknown) =>
        log(strapi, 'error', `${name} failed, it is done again`, { error })
      )
      .finally(() => aside.delete(done));
    aside.add(done);
  }

  /** @param since When the oldest change was published that the site was not told. */
  const alertIfDue = (hook: HookRow, since?: Date): void =>
    runInBackground('telling operators', getAlerts(strapi).check(hook, since));

  /** Asks sites what they show, if there are some that say it, also of hooks that are paused. */
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
    // The process that paused a hook may have ended before it sent the alert. A hook that an operator
    // stops also ends the alert about it.
    for (const hook of hooks) if (!active.includes(hook)) alertIfDue(hook);
    if (active.length === 0) return pollMs;
    const followed = await getFollowedHooks(strapi).follow(active);
    let nextAt: Date | undefined;
    for (const hook of active) {
      if (sending.has(hook.id)) continue;
      const found = followed.get(hook.id);
      const at = advance(hook, found);
      if (at && (!nextAt || at < nextAt)) nextAt = at;
      // What is sent at this moment may have waited for the hook to be resumed, or for a process.
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
        log(strapi, 'error', 'looking for changes to send failed, and is tried again', {
          error,
        });
        return getConfig(strapi).pollMs;
      });
      await pause(dueInMs, woken.signal);
      // What is due is not late for it.
      if (woken.signal.aborted) await pause(begun + SHORTEST_ROUND_MS - performance.now(), signal);
    }
  }

  return {
    /** Whether nothing is begun any more. */
    isStopping: (): boolean => stopping.signal.aborted,

    /** Begins to send. */
    start(): void {
      if (getConfig(strapi).isEnabled) running ??= run();
    },

    /** Looks at once, rather than at the next round. */
    wake: (): void => woken.abort(),

    /** One round, and all that it sends. */
    async runOnce(): Promise<void> {
      await round();
      await Promise.all([...sending.values(), ...aside]);
    },

    /** Waits for deliveries that are running. Those that take too long are aborted, and the next process sends them again. */
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
