import { z } from 'zod';
import { describe, quote, type Field, type FieldOptions } from './field';
import { isCalendarDate } from './values';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `2024-01-31`, `2024-01-31T10:00:00Z` (Hugo), `2024-01-31 10:00:00 +0100` (Jekyll). */
const NUMERIC =
  /^(?<day>\d{4}-\d{2}-\d{2})(?:(?<separator>[Tt]| +)(?<time>\d{1,2}:\d{2})(?<seconds>:\d{2}(?:\.\d+)?)?(?<gap> *)(?<zone>[Zz]|UTC|[+-]\d{2}(?::?\d{2})?)?)?$/;
/** `Jul 08 2022` (Astro), `8 July 2022`. */
const MONTH_FIRST = /^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})$/;
const DAY_FIRST = /^(\d{1,2}) ([A-Za-z]{3,9})\.? (\d{4})$/;

const MS_PER_MINUTE = 60_000;
const MS_PER_DAY = 24 * 60 * MS_PER_MINUTE;

interface Written {
  /** Milliseconds since 1970. */
  moment: number;
  /** Writes another moment in the same form; `undefined` if the form cannot express it. */
  writeLike(moment: number): string | undefined;
}

/**
 * Declares a moment in the forms that Hugo, Jekyll and Astro read. It stays as written until it
 * changes, and then keeps its form. Without an offset it is in UTC.
 */
export const datetime = (options: FieldOptions = {}): Field => ({
  kind: 'value',
  name: 'datetime',
  storage: { types: ['datetime'], declaration: { type: 'datetime' } },
  required: options.required ?? false,
  attribute: options.attribute,
  description: options.description,
  schema: z
    .string({
      error: ({ input }) =>
        `expected a date and time such as 2026-05-01T09:30:00Z, found ${describe(input)}`,
    })
    .refine((text) => read(text) !== undefined, {
      error: ({ input }) =>
        `${quote(String(input))} is not a date and time: write one such as 2026-05-01T09:30:00Z, or a day such as 2026-05-01`,
      params: { code: 'invalid-date' },
    })
    .meta({ description: options.description ?? 'A date, with or without a time' }),
  parse(stored) {
    if (stored === null || stored === undefined || stored === '') return undefined;
    const moment = new Date(stored as string | number | Date).getTime();
    return Number.isNaN(moment) ? undefined : toIso(moment);
  },
  serialize: (value) =>
    typeof value === 'string' ? new Date(read(value)?.moment ?? value).toISOString() : null,
  isSame: (one, other) => momentOf(one) === momentOf(other),
  writtenLike(value, old) {
    const moment = momentOf(value);
    if (typeof moment !== 'number' || typeof old !== 'string') return value;
    return read(old)?.writeLike(moment) ?? value;
  },
});

/** Values that are not moments are compared as they are. */
const momentOf = (value: unknown): unknown =>
  typeof value === 'string' ? (read(value)?.moment ?? value) : value;

const toIso = (moment: number): string => new Date(moment).toISOString().replace('.000Z', 'Z');

function read(text: string): Written | undefined {
  return readNumeric(text) ?? readNamedMonth(text);
}

function readNumeric(text: string): Written | undefined {
  const groups = NUMERIC.exec(text)?.groups;
  if (!groups || !isCalendarDate(String(groups['day']))) return undefined;
  const { day = '', separator, time, seconds = '', gap = '', zone = '' } = groups;
  const offset = offsetOf(zone);
  const clock = time === undefined ? '00:00' : time.padStart('00:00'.length, '0');
  const utc = Date.parse(`${day}T${clock}${seconds || ':00'}Z`);
  if (Number.isNaN(utc) || offset === undefined) return undefined;
  return {
    moment: utc - offset * MS_PER_MINUTE,
    writeLike(moment) {
      const [newDay = '', newTime = ''] = new Date(moment + offset * MS_PER_MINUTE)
        .toISOString()
        .split('T');
      if (time === undefined) return newTime === '00:00:00.000Z' ? newDay : undefined;
      const [hours, minutes, rest = ''] = newTime.replace('Z', '').split(':');
      const isWhole = rest === '00.000';
      const newSeconds = seconds === '' && isWhole ? '' : `:${rest.replace('.000', '')}`;
      return `${newDay}${separator}${hours}:${minutes}${newSeconds}${gap}${zone}`;
    },
  };
}

/** Returns the minutes east of UTC; `undefined` for an offset that no place has. */
function offsetOf(zone: string): number | undefined {
  const parts = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (!parts) return 0;
  const [hours, minutes] = [Number(parts[2]), Number(parts[3] ?? 0)];
  if (hours > 14 || minutes > 59) return undefined;
  return (parts[1] === '-' ? -1 : 1) * (hours * 60 + minutes);
}

function readNamedMonth(text: string): Written | undefined {
  const monthFirst = MONTH_FIRST.exec(text);
  const dayFirst = DAY_FIRST.exec(text);
  const [name = '', day = '', year = ''] = monthFirst
    ? monthFirst.slice(1)
    : [dayFirst?.[2], dayFirst?.[1], dayFirst?.[3]];
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  const date = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (month === 0 || !isCalendarDate(date)) return undefined;
  return {
    moment: Date.parse(date),
    // Month names have too many spellings to write another one.
    writeLike: (moment) =>
      moment % MS_PER_DAY === 0 ? new Date(moment).toISOString().slice(0, date.length) : undefined,
  };
}
