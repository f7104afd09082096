import { errors } from '../../../kit/strapi-utils';
import { z } from 'zod';

/** @throws ValidationError that names each wrong key. */
export function parseQuery<T>(schema: z.ZodType<T>, query: unknown): T {
  const result = schema.safeParse(query);
  if (result.success) return result.data;
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape).join(', ') : '';
  const details = result.error.issues.map(({ code, path, message }) => ({
    path,
    message: code === 'unrecognized_keys' && known !== '' ? `${message}: use ${known}` : message,
  }));
  throw new errors.ValidationError(
    `Invalid query: ${details.map(({ path, message }) => [...path, message].join(': ')).join('; ')}`,
    { errors: details }
  );
}

export const noQuery = z.strictObject({});

/** A boolean as text, because a query contains only texts. */
export const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((value) => value === 'true');
