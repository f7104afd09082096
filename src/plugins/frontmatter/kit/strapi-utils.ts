import { createRequire } from 'node:module';

/**
 * The copies of `@strapi/utils` and `http-errors` that Strapi itself uses. It recognizes errors by
 * their class, so those of another copy would all be answered with 500. The plugins depend on
 * neither: a dependency might bring that other copy into the application.
 */
const requireAsStrapi = createRequire(require.resolve('@strapi/strapi/package.json'));
const requireAsCore = createRequire(requireAsStrapi.resolve('@strapi/core/package.json'));
const requireAsUtils = createRequire(requireAsCore.resolve('@strapi/utils'));

export const { errors, parseType } = requireAsCore(
  '@strapi/utils'
) as typeof import('@strapi/utils');

export type ApplicationError = InstanceType<typeof errors.ApplicationError>;

const httpErrors = requireAsUtils('http-errors') as typeof import('http-errors');

/** Makes an error with a status that Strapi passes on with its message and details. */
export const createHttpError = (status: number, message: string, details: object = {}): Error =>
  httpErrors(status, message, { details });
