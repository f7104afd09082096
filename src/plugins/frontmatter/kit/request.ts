import { z } from 'zod';

/** Returns the schema of a whole number in a query, which contains only text. */
export function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min.toLocaleString('en')} to ${max.toLocaleString('en')}`;
  const number = z.number().min(min, message).max(max, message);
  return (
    z
      .string(message)
      .regex(/^\d{1,15}$/, message)
      .transform(Number)
      .pipe(number)
      // Readers of OpenAPI expect a number, not the text that is in a URL.
      .meta({ type: 'integer', minimum: min, maximum: max, pattern: undefined })
  );
}
