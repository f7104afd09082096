import type { Core } from '@strapi/strapi';

const config = ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Plugin => ({
  frontmatter: {
    enabled: true,
    resolve: './src/plugins/frontmatter',
    config: { timeZone: env('FRONTMATTER_TIME_ZONE', 'UTC') },
  },
  'users-permissions': { config: { jwtSecret: env('JWT_SECRET') } },
});

export default config;
