import type { Core } from '@strapi/strapi';

const config = ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Middlewares => [
  // First of all: what it answers from memory needs nothing of the others.
  {
    name: 'plugin::frontmatter.edge',
    config: { maxBytes: env.int('FRONTMATTER_CACHE_BYTES', 64 * 2 ** 20) },
  },
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  'strapi::cors',
  'strapi::query',
  'plugin::frontmatter.raw-upload',
  'strapi::body',
  'global::refuse-nul',
  'strapi::session',
  { name: 'strapi::favicon', config: { path: 'public/favicon.png' } },
  'strapi::public',
];

export default config;
