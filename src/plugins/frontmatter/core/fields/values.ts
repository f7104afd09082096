import { z } from 'zod';
import { foldMarkdown } from '../fold';
import { withLineFeeds } from '../read/fences';
import { coded, describe, quote, type Field, type FieldOptions, type Storage } from './field';

/** Maximum length of a Strapi attribute of type `string` on PostgreSQL. */
export const MAX_STRING_LENGTH = 255;

const INT32 = { min: -2_147_483_648, max: 2_147_483_647 };
/** Control characters but tab, LF and NEL: PostgreSQL rejects NUL, other YAML parsers the rest. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const FORBIDDEN_CHARACTER = /[\u0000-\u0008\u000B-\u001F\u007F-\u0084\u0086-\u009F\uFFFE\uFFFF]/;

/** Returns what is wrong with a text if some readers or databases reject one of its characters. */
export function forbiddenCharacter(text: string): string | undefined {
  const found = FORBIDDEN_CHARACTER.exec(text)?.[0];
  return found && notStored(`U+${found.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const notStored = (character: string): string =>
  `holds the character ${character}, which cannot be stored: remove it`;

const NOT_BLANK = '\\S';

/** Returns `undefined` for an emptied field, which Strapi stores as `null` or as `''`. */
function stored(value: unknown): unknown {
  if (value === null || value === '') return undefined;
  // A client may send any line ending; which one a file has is recorded in its source.
  if (typeof value === 'string') return withLineFeeds(value);
  return value === 0 ? 0 : value; // -0 would never equal what a database returns
}

/** @param type Strapi's name of the only attribute type that fits. */
const storedAs = (type: string): Storage => ({ types: [type], declaration: { type } });

/** Attribute types for text of at most `MAX_STRING_LENGTH` characters. */
export const SHORT_TEXT_TYPES = ['string', 'email', 'uid'];
export const LONG_TEXT_TYPES = ['text', 'richtext'];
export const TEXT_TYPES = [...SHORT_TEXT_TYPES, ...LONG_TEXT_TYPES];

const textStorage = (maxLength: number = Infinity): Storage => ({
  types: TEXT_TYPES,
  declaration: { type: maxLength <= MAX_STRING_LENGTH ? 'string' : 'text' },
});

/** Declares a key whose attribute stores the value as it is, unless the caller overrides it. */
export function valueField(
  name: string,
  storage: Storage,
  schema: z.ZodType,
  options: FieldOptions = {}
): Field {
  return {
    kind: 'value',
    name,
    storage,
    required: options.required ?? false,
    attribute: options.attribute,
    description: options.description,
    schema,
    parse: stored,
    serialize: (value) => stored(value) ?? null,
  };
}

/** Returns the zod schema of text, also used by fields that hold lists of text. */
export function textSchema(
  options: { maxLength?: number; required?: boolean } = {}
): z.ZodType<string> {
  return z
    .string({
      error: ({ input }) => `expected text, found ${describe(input)}: ${textAdvice(input)}`,
    })
    .superRefine((text, context) => {
      if (options.required && text.trim() === '') {
        context.addIssue({ code: 'custom', ...coded('missing-key', 'is empty: give it a text') });
      }
      if (options.maxLength !== undefined && text.length > options.maxLength) {
        const message = `has ${text.length} characters, at most ${options.maxLength} fit: shorten it`;
        context.addIssue({ code: 'custom', ...coded('too-long', message) });
      }
      const forbidden =
        forbiddenCharacter(text) ??
        (text.isWellFormed() ? undefined : notStored('half a surrogate pair'));
      if (forbidden) {
        context.addIssue({ code: 'custom', ...coded('forbidden-character', forbidden) });
      }
    })
    .meta({
      ...(options.required && { pattern: NOT_BLANK }),
      // JSON Schema counts code points, of which a text never has more than UTF-16 code units.
      ...(options.maxLength !== undefined && { maxLength: options.maxLength }),
    });
}

const textAdvice = (input: unknown): string =>
  typeof input === 'number' || typeof input === 'boolean'
    ? `put it in quotes, '${input}'`
    : 'write one text';

export interface TextField extends Field {
  maxLength?: number | undefined;
  isUrl?: boolean | undefined;
}

interface TextOptions extends FieldOptions {
  /** In UTF-16 code units: 255 for a Strapi `string`. */
  maxLength?: number;
  /** Whether it is a URL: the panel rejects anything else, imports accept any text. */
  isUrl?: boolean;
}

/** Declares text of one line or more. */
export const text = (options: TextOptions = {}): TextField => ({
  ...valueField('text', textStorage(options.maxLength), textSchema(options), options),
  maxLength: options.maxLength,
  isUrl: options.isUrl,
});

const URL_OR_PATH = /^(https?:\/\/|\/)\S*$/i;

/** Returns what is wrong with a text that should be a URL. */
export const urlProblem = (text: string): string | undefined =>
  URL_OR_PATH.test(text)
    ? undefined
    : 'is not an address: begin it with https:// or http://, or with / for a path of the site';

/** Declares text in which line breaks and indentation have a meaning. */
export const markdown = (options: FieldOptions = {}): Field => ({
  ...valueField(
    'markdown',
    { types: LONG_TEXT_TYPES, declaration: { type: 'richtext' } },
    textSchema(options),
    options
  ),
  comparable: foldMarkdown,
});

export const integer = (options?: FieldOptions): Field =>
  valueField(
    'integer',
    storedAs('integer'),
    z
      .number({ error: ({ input }) => numberMessage('a whole number, such as 2', input) })
      .refine(Number.isInteger, {
        error: ({ input }) => numberMessage('a whole number, such as 2', input),
      })
      .refine(
        (value) => value >= INT32.min && value <= INT32.max,
        coded('out-of-range', `must lie between ${INT32.min} and ${INT32.max}`)
      )
      .meta({ type: 'integer', minimum: INT32.min, maximum: INT32.max }),
    options
  );

/** Declares a number with decimals; `minimum` and `maximum` are inclusive. */
export function number(options: FieldOptions & { minimum?: number; maximum?: number } = {}): Field {
  const { minimum = -Infinity, maximum = Infinity } = options;
  return valueField(
    'number',
    storedAs('float'),
    z
      .number({ error: ({ input }) => numberMessage('a number, such as 968 or 0.5', input) })
      .refine(
        (value) => value >= minimum && value <= maximum,
        coded('out-of-range', `must lie between ${minimum} and ${maximum}`)
      )
      .meta({
        ...(Number.isFinite(minimum) && { minimum }),
        ...(Number.isFinite(maximum) && { maximum }),
      }),
    options
  );
}

const numberMessage = (expected: string, input: unknown): string =>
  typeof input === 'string' && input.trim() !== '' && Number.isFinite(Number(input))
    ? `expected ${expected}, found the text ${quote(input)}: remove the quotes`
    : `expected ${expected}, found ${describe(input)}`;

export const boolean = (options?: FieldOptions): Field =>
  valueField(
    'boolean',
    storedAs('boolean'),
    z.boolean({
      error: ({ input }) =>
        `expected true or false in lower case and without quotes, found ${describe(input)}`,
    }),
    options
  );

/** Declares a calendar date, `YYYY-MM-DD`. */
export const date = (options?: FieldOptions): Field =>
  valueField(
    'date',
    storedAs('date'),
    z
      .string({
        error: ({ input }) => `expected a date such as '2026-05-01', found ${describe(input)}`,
      })
      .refine(isCalendarDate, {
        error: ({ input }) =>
          `${quote(String(input))} is not a calendar date: write YYYY-MM-DD, such as '2026-05-01'`,
        params: { code: 'invalid-date' },
      })
      .meta({ format: 'date' }),
    options
  );

export interface ChoiceField extends Field {
  values: readonly string[];
}

/** Declares one of a closed set of texts. */
export function choice(
  values: readonly [string, ...string[]],
  options?: FieldOptions
): ChoiceField {
  const list = values.join(', ');
  const storage = {
    types: ['enumeration', 'string', 'text'],
    declaration: { type: 'enumeration', enum: values },
  };
  const schema = z
    .string({ error: ({ input }) => `expected one of ${list}, found ${describe(input)}` })
    .refine((value) => values.includes(value), {
      error: ({ input }) => `${quote(String(input))} is not one of ${list}: choose one of these`,
      params: { code: 'invalid-choice' },
    })
    .meta({ enum: values });
  return { ...valueField('choice', storage, schema, options), values };
}

/** Storage of a list: a component with an attribute for each key of an item, and no other. */
export const REPEATABLE: Storage = {
  types: ['component'],
  declaration: { type: 'component', repeatable: true },
};

export interface TextListField extends Field {
  itemAttribute: string;
  maxLength?: number | undefined;
}

/** Declares a list of texts, stored as a repeatable component with one attribute. Keeps repeats. */
export function textList(
  options: FieldOptions & { itemAttribute: string; maxLength?: number }
): TextListField {
  const { itemAttribute, maxLength } = options;
  const itemSchema = textSchema({ required: true, ...(maxLength !== undefined && { maxLength }) });
  return {
    ...valueField('textList', REPEATABLE, listSchema(itemSchema), options),
    itemAttribute,
    maxLength,
    populate: true,
    parse(items) {
      if (!Array.isArray(items) || items.length === 0) return undefined;
      return items.map((item: Record<string, unknown>) => item[itemAttribute] ?? '');
    },
    serialize: (value) => ((value ?? []) as string[]).map((item) => ({ [itemAttribute]: item })),
  };
}

export const listSchema = <T>(item: z.ZodType<T>): z.ZodType<T[]> =>
  z.array(item, {
    error: ({ input }) =>
      `expected a list, found ${describe(input)}: write each item on its own line, after a hyphen`,
  });

const ISO_DATE = z.iso.date();

/** Whether a text is a calendar date. PostgreSQL has no year 0. */
export const isCalendarDate = (value: string): boolean =>
  ISO_DATE.safeParse(value).success && !value.startsWith('0000');
