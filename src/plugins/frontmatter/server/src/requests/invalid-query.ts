import { errors } from '../../../kit/strapi-utils';

/**
 * @param path The part, as it is written in a URL.
 * @throws ValidationError
 */
export function fail(path: string, problem: string): never {
  const message = `${path}: ${problem}`;
  throw new errors.ValidationError(`Invalid query: ${message}`, {
    errors: [{ path: [path], message }],
  });
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
