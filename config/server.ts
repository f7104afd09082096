import { winston } from '@strapi/logger';
import type { Core } from '@strapi/strapi';

/** Longer than proxies keep idle connections (nginx: 60 s), or they may reuse a closing one. */
const KEEP_ALIVE_MS = 65_000;

const { combine, errors, json, timestamp, uncolorize } = winston.format;

const config = ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Server => {
  const isJson = env('LOG_FORMAT') === 'json';
  return {
    host: env('HOST', '127.0.0.1'),
    port: env.int('PORT', 1337),
    url: env('PUBLIC_URL', ''),
    // TLS ends at a proxy, which reports the browser's protocol and appends the browser's address.
    proxy: { koa: env('PUBLIC_URL', '').startsWith('https:'), maxIpsCount: 1 },
    http: { serverOptions: { keepAliveTimeout: KEEP_ALIVE_MS } },
    logger: {
      updates: { enabled: false },
      startup: { enabled: !isJson }, // a banner that bypasses the logger
      config: {
        level: env('LOG_LEVEL', 'http'),
        ...(isJson && {
          format: combine(timestamp(), errors({ stack: true }), uncolorize(), json()),
        }),
      },
    },
    app: { keys: env.array('APP_KEYS', []) },
  };
};

export default config;
