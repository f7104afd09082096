import type { Core } from '@strapi/strapi';

/**
 * Returns the CORS settings: which sites may read from a browser. By default all may, anonymously;
 * only a listed origin may send its visitor's cookies.
 */
function corsOf(env: Core.Config.Shared.ConfigParams['env']) {
  const origins = env.array('CORS_ORIGINS', []);
  const wrong = origins.find((origin) => origin !== originOf(origin));
  if (wrong !== undefined) {
    throw new Error(
      `CORS_ORIGINS holds '${wrong}': list origins, such as https://example.org, separated by commas`
    );
  }
  const isListed = origins.length > 0;
  return {
    name: 'strapi::cors',
    config: { origin: isListed ? origins : '*', credentials: isListed },
  };
}

const originOf = (text: string): string => (URL.canParse(text) ? new URL(text).origin : '');

const config = ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Middlewares => [
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  corsOf(env),
  'strapi::query',
  'strapi::body',
  'global::refuse-nul',
  'strapi::session',
  { name: 'strapi::favicon', config: { path: 'public/favicon.png' } },
  'strapi::public',
];

export default config;
