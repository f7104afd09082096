import type { Core } from '@strapi/strapi';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Outcome } from '../../../../core';
import type { HookRow } from '../../models';
import { getMetricsRegistry } from '../../plugin-id';
import { getClock } from '../foundation/clock';
import { getHookRows } from '../hooks/hook-rows';
import { createOldestPending } from './oldest-pending';
import { serviceOf } from '../foundation/service-of';

const MS_PER_SECOND = 1_000;
const OUTCOMES = ['delivered', 'retry', 'pause'] as const satisfies Outcome['kind'][];

interface Measured {
  name: string;
  failures: number;
  isPaused: boolean;
  /** Absent if the database does not know the hook's cursor: it is about to start over. */
  oldestPendingSeconds?: number | undefined;
}

/**
 * Metrics of hooks for Prometheus, in addition to those of the frontmatter plugin. A hook that is
 * deleted, renamed or disabled is removed from them.
 */
export function createMetrics({ strapi }: { strapi: Core.Strapi }) {
  let attempts: Counter | undefined;
  const counted = new Set<string>();

  return {
    /** Adds to the metrics of the frontmatter plugin, unless metrics are off. */
    register(): void {
      const registry = getMetricsRegistry(strapi);
      if (!registry) return;
      const measure = shareWhileRunning(createMeasurement({ strapi }));
      addGauges(registry, measure);
      attempts = new Counter({
        name: 'deploy_hooks_attempts_total',
        help: 'Attempts to send a message that this process made.',
        labelNames: ['hook', 'outcome'],
        registers: [registry],
        async collect() {
          const names = new Set((await measure()).map(({ name }) => name));
          for (const hook of counted) {
            if (names.has(hook)) continue;
            for (const outcome of OUTCOMES) this.remove({ hook, outcome });
            counted.delete(hook);
          }
        },
      });
    },

    /** Counts one attempt to send a message to the hook with that name. */
    countAttempt(hook: string, outcome: Outcome['kind']): void {
      if (!attempts) return;
      counted.add(hook);
      attempts.inc({ hook, outcome });
    },
  };
}

function addGauges(registry: Registry, measure: () => Promise<Measured[]>): void {
  const add = (name: string, help: string, valueOf: (hook: Measured) => number | undefined) =>
    new Gauge({
      name,
      help,
      labelNames: ['hook'],
      registers: [registry],
      async collect() {
        const hooks = await measure();
        this.reset();
        for (const hook of hooks) {
          const value = valueOf(hook);
          if (value !== undefined) this.set({ hook: hook.name }, value);
        }
      },
    });
  add(
    'deploy_hooks_oldest_pending_seconds',
    'Age of the oldest change that the site was not notified of; 0 if there is none.',
    ({ oldestPendingSeconds }) => oldestPendingSeconds
  );
  add(
    'deploy_hooks_consecutive_failures',
    'Attempts in a row that failed.',
    ({ failures }) => failures
  );
  add('deploy_hooks_paused', 'Whether the hook is paused: 1 or 0.', ({ isPaused }) =>
    Number(isPaused)
  );
}

/** Reads the state of all enabled hooks from the database. */
function createMeasurement({ strapi }: { strapi: Core.Strapi }) {
  const oldestPending = createOldestPending({ strapi });

  async function measureOne(row: HookRow): Promise<Measured> {
    const since = await oldestPending.of(row);
    const now = getClock(strapi).now().getTime();
    const ageMs = since ? Math.max(0, now - since.getTime()) : since;
    return {
      name: row.name,
      failures: row.failures,
      isPaused: row.pausedAt !== null,
      oldestPendingSeconds: ageMs === undefined ? undefined : (ageMs ?? 0) / MS_PER_SECOND,
    };
  }

  return async (): Promise<Measured[]> => {
    const rows = (await getHookRows(strapi).allById()).filter(({ isEnabled }) => isEnabled);
    oldestPending.keepOnly(new Set(rows.map(({ id }) => id)));
    return Promise.all(rows.map(measureOne));
  };
}

/** All metrics of a scrape are collected at once, so they share one reading. */
function shareWhileRunning<T>(task: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () => {
    running ??= task().finally(() => {
      running = undefined;
    });
    return running;
  };
}

export const getMetrics = serviceOf('metrics', createMetrics);
