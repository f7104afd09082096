import { createRequire } from 'node:module';

/**
 * Makes errors with a status that Strapi passes on with their message. It knows them by their
 * class, so they must come from its own copy of http-errors, whichever version stands beside it.
 */
export const createHttpError = createRequire(require.resolve('@strapi/utils'))(
  'http-errors'
) as typeof import('http-errors');
