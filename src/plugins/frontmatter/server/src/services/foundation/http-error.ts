import { createRequire } from 'node:module';

/** Strapi's own copy of http-errors, whichever version stands beside it: it knows errors by their class. */
const httpErrors = createRequire(require.resolve('@strapi/utils'))(
  'http-errors'
) as typeof import('http-errors');

/** Makes an error with a status that Strapi passes on with its message and details. */
export const createHttpError = (status: number, message: string, details: object = {}): Error =>
  httpErrors(status, message, { details });
