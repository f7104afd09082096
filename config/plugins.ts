import type { Core } from '@strapi/strapi';

/**
 * Settings that differ between installations come from the environment. Others of both plugins,
 * such as timeouts and the `Cache-Control` of responses, go here: see docs/operators.md.
 */
const config = ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Plugin => ({
  frontmatter: {
    config: {
      timeZone: env('FRONTMATTER_TIME_ZONE', 'UTC'),
      metricsToken: env('FRONTMATTER_METRICS_TOKEN', ''),
    },
  },
  'deploy-hooks': {
    config: {
      isEnabled: env.bool('DEPLOY_HOOKS_ENABLED', true),
      declared: env('DEPLOY_HOOKS_DECLARED', ''),
      allowedHosts: env.array('DEPLOY_HOOKS_ALLOWED_HOSTS', []),
    },
  },
  'users-permissions': { config: { jwtSecret: env('JWT_SECRET') } },
});

export default config;
