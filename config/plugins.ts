import type { Core } from '@strapi/strapi';

type Env = Core.Config.Shared.ConfigParams['env'];

/** Those that are set; of the others the plugin knows what is usual. */
const numbers = (env: Env, names: Record<string, string>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(names).flatMap(([key, name]) => (env(name) ? [[key, Number(env(name))]] : []))
  );

const config = ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Plugin => ({
  frontmatter: {
    enabled: true,
    resolve: './src/plugins/frontmatter',
    config: {
      timeZone: env('FRONTMATTER_TIME_ZONE', 'UTC'),
      lockTimeoutMs: env.int('FRONTMATTER_LOCK_TIMEOUT_MS', 15_000),
      cacheControl: env('FRONTMATTER_CACHE_CONTROL', 'public, max-age=0, must-revalidate'),
      metricsToken: env('FRONTMATTER_METRICS_TOKEN', ''),
    },
  },
  'deploy-hooks': {
    enabled: true,
    resolve: './src/plugins/deploy-hooks',
    config: {
      isEnabled: env.bool('DEPLOY_HOOKS_ENABLED', true),
      declared: env('DEPLOY_HOOKS_DECLARED', ''),
      allowedHosts: env.array('DEPLOY_HOOKS_ALLOWED_HOSTS', []),
      ...numbers(env, {
        requestTimeoutMs: 'DEPLOY_HOOKS_REQUEST_TIMEOUT_MS',
        leaseMs: 'DEPLOY_HOOKS_LEASE_MS',
        pollMs: 'DEPLOY_HOOKS_POLL_MS',
        alertAfterFailures: 'DEPLOY_HOOKS_ALERT_AFTER_FAILURES',
        alertAfterMs: 'DEPLOY_HOOKS_ALERT_AFTER_MS',
        liveTimeoutMs: 'DEPLOY_HOOKS_LIVE_TIMEOUT_MS',
        retention: 'DEPLOY_HOOKS_RETENTION',
      }),
      ...(env('DEPLOY_HOOKS_RETRY_DELAYS_MS') && {
        retryDelaysMs: env.array('DEPLOY_HOOKS_RETRY_DELAYS_MS', []).map(Number),
      }),
      alertEmail: env('DEPLOY_HOOKS_ALERT_EMAIL', ''),
    },
  },
  'users-permissions': { config: { jwtSecret: env('JWT_SECRET') } },
});

export default config;
