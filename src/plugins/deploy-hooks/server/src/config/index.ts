import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { DEFAULT_RETRY_DELAYS_MS } from '../../../core';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

const milliseconds = z.number().int().min(1);

/** Settings of the plugin, in `config/plugins.ts`. Times in milliseconds. */
const schema = z.strictObject({
  /** Whether this process sends: `DEPLOY_HOOKS_ENABLED`. */
  isEnabled: z.boolean(),
  /**
   * Hooks that are not created in the panel, each as `POST /deploy-hooks/hooks` accepts it:
   * `DEPLOY_HOOKS_DECLARED`. A string is JSON text: errors in it are reported without quoting it.
   */
  declared: z.union([z.string(), z.array(z.unknown())]),
  /** Names, addresses or `host:port` allowed although not public: `DEPLOY_HOOKS_ALLOWED_HOSTS`. */
  allowedHosts: z.array(z.string().min(1)),
  /** Waits before the second and each later attempt of a message; the last one repeats. */
  retryDelaysMs: z.array(milliseconds).min(1).optional(),
  /** How long an answer may take to begin. */
  requestTimeoutMs: milliseconds,
  /** How long a process may show no sign of life before its hooks are taken over. */
  leaseMs: milliseconds,
  /** How often to check for what other processes did. */
  pollMs: milliseconds,
  /** Failures in a row after which operators are alerted. */
  alertAfterFailures: z.number().int().min(1),
  /** How long a change may wait beyond its hook's longest wait before operators are alerted. */
  alertAfterMs: milliseconds,
  /** Address to which the email plugin, if there is one, sends alerts; empty for nobody. */
  alertEmail: z.union([z.literal(''), z.email()]),
  /** How long a site is asked whether it shows what it was notified of. */
  liveTimeoutMs: milliseconds,
  /** How many deliveries of a hook are kept. */
  retention: z.number().int().min(1),
});

type Settings = z.infer<typeof schema>;
export type PluginConfig = Settings & { retryDelaysMs: readonly number[] };

export function getConfig(strapi: Core.Strapi): PluginConfig {
  // Not a default below: Strapi would add the last default delays to a shorter list.
  const { retryDelaysMs = [...DEFAULT_RETRY_DELAYS_MS], ...settings } =
    strapi.config.get<Settings>('plugin::deploy-hooks');
  return { retryDelaysMs, ...settings };
}

export default {
  default: {
    isEnabled: true,
    declared: [],
    allowedHosts: [],
    requestTimeoutMs: 15 * SECOND_MS,
    leaseMs: 45 * SECOND_MS,
    pollMs: 3 * SECOND_MS,
    alertAfterFailures: 3,
    alertAfterMs: 15 * MINUTE_MS,
    alertEmail: '',
    liveTimeoutMs: 30 * MINUTE_MS,
    retention: 200,
  } satisfies Settings,
  validator(config: unknown) {
    const { error } = schema.safeParse(config);
    if (error) throw new Error(z.prettifyError(error));
  },
};
