import type { Core } from '@strapi/strapi';

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
  'users-permissions': { config: { jwtSecret: env('JWT_SECRET') } },
});

export default config;
