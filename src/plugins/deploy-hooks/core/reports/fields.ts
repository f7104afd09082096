import { z } from 'zod';

/** A time as hosts write it: ISO 8601, or milliseconds since 1970. */
export const moment = z
  .union([z.string(), z.number()])
  .transform((value) => new Date(value))
  .refine((date) => !Number.isNaN(date.getTime()));

/** Shown as a link: with any other scheme, it could run a script. */
export const link = z
  .url({ protocol: /^https?$/ })
  .nullish()
  .catch(undefined)
  .transform((url) => url ?? undefined);

export const note = z
  .string()
  .nullish()
  .transform((text) => text?.slice(0, MAX_NOTE_LENGTH) || undefined);

/** Enough for a sentence; the log has the rest. */
const MAX_NOTE_LENGTH = 500;
