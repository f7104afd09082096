import { uniq } from 'es-toolkit';
import { z } from 'zod';
import { PRESETS, type HookFilter } from '../../../../../core';
import { DEFAULT_TIMING, TIMING_LIMITS } from '../../../../../shared';

const MAX_NAME_LENGTH = 80;
const MAX_URL_LENGTH = 2_048;
const MAX_HEADERS = 20;
const MAX_LIST_LENGTH = 100;
const MAX_ITEM_LENGTH = 200;

const nameRule = `must have 1 to ${MAX_NAME_LENGTH} characters, without line breaks`;
const name = z
  .string(nameRule)
  .trim()
  .min(1, nameRule)
  .max(MAX_NAME_LENGTH, nameRule)
  .regex(/^\P{Cc}*$/u, nameRule);

const url = z
  .string('must be a URL')
  .trim()
  .max(MAX_URL_LENGTH, `must have at most ${MAX_URL_LENGTH} characters`);

const token = z
  .string('must be a token')
  .regex(/^[\x21-\x7e]+$/, 'must be printable characters of ASCII without spaces, at least one');

/** PostgreSQL rejects text with half of a surrogate pair. */
const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

const listRule = `must be a list of 1 to ${MAX_LIST_LENGTH} texts; leave it out if all of them concern the hook`;
const list = z
  .array(
    z.string().trim().min(1).max(MAX_ITEM_LENGTH).refine(isWellFormed, 'contains half a character'),
    listRule
  )
  .min(1, listRule)
  .max(MAX_LIST_LENGTH, listRule)
  .transform((items) => uniq(items));

const filter: z.ZodType<HookFilter> = z.strictObject({
  collections: list.optional(),
  tags: list.optional(),
  changed: list.optional(),
});

function milliseconds(max: number) {
  const rule = `must be whole milliseconds from 0 to ${max.toLocaleString('en')}`;
  return z.number(rule).int(rule).min(0, rule).max(max, rule);
}

function headersOf<Value extends z.ZodType>(value: Value) {
  const rule = `must be an object of names and texts, at most ${MAX_HEADERS}`;
  return z
    .record(z.string(), value, rule)
    .refine((headers) => Object.keys(headers).length <= MAX_HEADERS, rule);
}

const settings = {
  name: name.exactOptional(),
  preset: z.enum(PRESETS, `must be one of ${PRESETS.join(', ')}`).exactOptional(),
  url: url.exactOptional(),
  token: token.optional(),
  reportSecret: token.optional(),
  filter: filter.exactOptional(),
  quietPeriodMs: milliseconds(TIMING_LIMITS.quietPeriodMs).exactOptional(),
  maxWaitMs: milliseconds(TIMING_LIMITS.maxWaitMs).exactOptional(),
  isEnabled: z.boolean('must be true or false').exactOptional(),
  statusUrl: url.nullable().exactOptional(),
};

/** Body of `POST /deploy-hooks/hooks`. */
export const createBody = z.strictObject({
  ...settings,
  name,
  preset: settings.preset.default('generic'),
  url,
  headers: headersOf(z.string('must be a text')).default({}),
  filter: settings.filter.default({}),
  quietPeriodMs: settings.quietPeriodMs.default(DEFAULT_TIMING.quietPeriodMs),
  maxWaitMs: settings.maxWaitMs.default(DEFAULT_TIMING.maxWaitMs),
  isEnabled: settings.isEnabled.default(true),
  statusUrl: settings.statusUrl.default(null),
  secret: z.string('must be a text').optional(),
  fromBeginning: z.boolean('must be true or false').default(false),
});

/** Body of `PUT /deploy-hooks/hooks/:id`. */
export const updateBody = z.strictObject({
  ...settings,
  headers: headersOf(z.string('must be a text, or null to keep it').nullable()).exactOptional(),
});
