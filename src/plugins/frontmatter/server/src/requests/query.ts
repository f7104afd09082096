import { errors } from '../../../kit/strapi-utils';
import { z } from 'zod';

/** @throws ValidationError that names each wrong key. */
export function parseQuery<T>(schema: z.ZodType<T>, query: unknown): T {
  const result = schema.safeParse(query);
  if (result.success) return result.data;
  const details = result.error.issues.map(({ path, message }) => ({ path, message }));
  throw new errors.ValidationError(
    `Invalid query: ${details.map(({ path, message }) => [...path, message].join(': ')).join('; ')}`,
    { errors: details }
  );
}

export const noQuery = z.strictObject({});

export function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min.toLocaleString('en')} to ${max.toLocaleString('en')}`;
  const number = z.number().min(min, message).max(max, message);
  return (
    z
      .string(message)
      .regex(/^\d{1,15}$/, message)
      .transform(Number)
      .pipe(number)
      // Who reads of it in OpenAPI thinks of a number, and not of the text that stands in a URL.
      .meta({ type: 'integer', minimum: min, maximum: max, pattern: undefined })
  );
}

/** A query holds texts only. */
export const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((value) => value === 'true');
