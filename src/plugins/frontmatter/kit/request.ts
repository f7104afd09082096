import { z } from 'zod';

/** A whole number in a query, which holds texts only. */
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
