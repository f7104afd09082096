import { winston } from '@strapi/logger';
import type { Core } from '@strapi/strapi';

const { combine, errors, json, timestamp, uncolorize } = winston.format;

const config = ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Server => {
  const isJson = env('LOG_FORMAT') === 'json';
  return {
    host: env('HOST', '127.0.0.1'),
    port: env.int('PORT', 1337),
    url: env('PUBLIC_URL', ''),
    logger: {
      updates: { enabled: false },
      startup: { enabled: !isJson }, // a drawing, past the logger
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
