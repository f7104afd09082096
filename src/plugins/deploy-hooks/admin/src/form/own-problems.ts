import type { PrimitiveType } from 'react-intl';
import { DEFAULT_TIMING, TIMING_LIMITS } from '../../../shared';
import type { TextName } from '../text/use-texts';
import { findRepeatedHeader, type FormValues } from './form-values';

const SECOND_MS = 1_000;
const MAX_SECONDS = {
  quietPeriod: TIMING_LIMITS.quietPeriodMs / SECOND_MS,
  maxWait: TIMING_LIMITS.maxWaitMs / SECOND_MS,
};
const PERIODS = ['quietPeriod', 'maxWait'] as const;

type Periods = Pick<FormValues, (typeof PERIODS)[number]>;

export interface OwnProblem {
  field: keyof FormValues;
  text: TextName;
  values: Record<string, PrimitiveType>;
}

/** Returns what the panel itself finds wrong, before it sends anything. */
export const ownProblems = (values: FormValues, opened: FormValues): OwnProblem[] => [
  ...headerProblems(values),
  ...timingProblems(values, opened),
];

function headerProblems({ headers }: FormValues): OwnProblem[] {
  const repeated = findRepeatedHeader(headers);
  return repeated ? [{ field: 'headers', text: 'headers.repeated', values: { repeated } }] : [];
}

/**
 * Checks what the server also checks, but in seconds: the form shows no milliseconds. Ignores
 * periods that nobody touched: the API also accepts fractions of a second.
 */
export function timingProblems(values: Periods, opened: Periods): OwnProblem[] {
  const touched = PERIODS.filter((field) => values[field] !== opened[field]);
  const outOfRange = touched
    .filter((field) => !isPeriod(values[field], MAX_SECONDS[field]))
    .map((field): OwnProblem => {
      return { field, text: 'seconds.range', values: { max: MAX_SECONDS[field] } };
    });
  const quietPeriod = values.quietPeriod ?? DEFAULT_TIMING.quietPeriodMs / SECOND_MS;
  const maxWait = values.maxWait ?? DEFAULT_TIMING.maxWaitMs / SECOND_MS;
  if (outOfRange.length > 0 || touched.length === 0 || maxWait >= quietPeriod) return outOfRange;
  return [{ field: 'maxWait', text: 'max-wait.too-short', values: { maxWait, quietPeriod } }];
}

const isPeriod = (seconds: number | undefined, max: number): boolean =>
  seconds === undefined || (Number.isInteger(seconds) && seconds >= 0 && seconds <= max);
