import { parseType } from '../../../kit/strapi-utils';
import { z } from 'zod';
import { fail, isObject } from './invalid-query';

interface Rule {
  expected: string;
  fits: (text: string) => boolean;
}

const MAX_INTEGER = 2 ** 31 - 1;
const MAX_YEAR = 9999;
const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));

/** What a column of type integer holds. */
export const integer: Rule = {
  expected: `a whole number up to ${MAX_INTEGER.toLocaleString('en')}`,
  fits: (text) =>
    isNumber(text) && Number.isInteger(Number(text)) && Math.abs(Number(text)) <= MAX_INTEGER,
};
const number: Rule = { expected: 'a number', fits: isNumber };
const moment: Rule = {
  expected: 'an ISO date and time, or milliseconds since 1970',
  fits: isMoment,
};

/** What both databases accept as a value of a type. All other types accept any text. */
const RULES: Record<string, Rule> = {
  increments: integer,
  integer,
  biginteger: {
    expected: 'a whole number of up to 18 digits',
    fits: (text) => /^[+-]?\d{1,18}$/.test(text),
  },
  float: number,
  decimal: number,
  date: {
    expected: 'a day such as 2026-01-31',
    fits: (text) => z.iso.date().safeParse(text.slice(0, '2026-01-31'.length)).success,
  },
  datetime: moment,
  timestamp: moment,
  time: {
    expected: 'a time such as 12:30:00',
    fits: (text) => /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?$/.test(text),
  },
};

/** PostgreSQL supports these for text only. */
const TEXT_OPERATORS = ['$contains', '$notContains', '$startsWith', '$endsWith'];
const TEXT_TYPES = ['string', 'text', 'richtext', 'uid', 'email', 'enumeration', 'password'];
/** Operators that compare the value as a text, whatever its type. */
const LIKE_OPERATORS = [
  ...TEXT_OPERATORS,
  ...['$eqi', '$nei', '$containsi', '$notContainsi', '$startsWithi', '$endsWithi'],
];
const COMPARISONS = ['$eq', '$ne', '$in', '$notIn', '$gt', '$gte', '$lt', '$lte'];

/** Checks what an attribute is compared with: values, or operators with values. */
export function checkOperand(value: unknown, path: string, type: string): void {
  if (!isObject(value)) return checkValues(value, path, RULES[type]);
  for (const [operator, part] of Object.entries(value)) {
    checkOperator(operator, part, `${path}[${operator}]`, type);
  }
}

function checkOperator(operator: string, value: unknown, path: string, type: string): void {
  if (operator === '$null' || operator === '$notNull') return;
  if (operator === '$not') return checkOperand(value, path, type);
  if (TEXT_OPERATORS.includes(operator) && !TEXT_TYPES.includes(type)) {
    fail(path, `is for texts only: use ${operator}i`);
  }
  if (LIKE_OPERATORS.includes(operator)) return checkValues(value, path);
  if (operator === '$between' && !(Array.isArray(value) && value.length === 2)) {
    fail(path, 'must be two values');
  }
  if (operator !== '$between' && !COMPARISONS.includes(operator)) {
    fail(path, `'${operator}' does not compare an attribute`);
  }
  checkValues(value, path, RULES[type]);
}

export function checkValues(value: unknown, path: string, rule?: Rule): void {
  for (const one of [value].flat()) {
    if (typeof one === 'object' && one !== null) fail(path, 'must be a value, or a list of values');
    if (rule && one !== null && !rule.fits(String(one))) fail(path, `must be ${rule.expected}`);
  }
}

function isMoment(text: string): boolean {
  try {
    const year = (parseType({ type: 'datetime', value: text }) as Date).getUTCFullYear();
    return year >= 1 && year <= MAX_YEAR;
  } catch {
    return false; // parseType throws if it is not a date
  }
}
