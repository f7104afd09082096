import { TZDate } from '@date-fns/tz';

/** A span of time that includes its beginning and excludes its end. */
export interface Span {
  begin: Date;
  end: Date;
}

/** When something is shown; an open side is absent. */
export interface ShownBetween {
  startsAt?: Date | undefined;
  endsAt?: Date | undefined;
}

/**
 * How something is shown in the course of a day:
 * - `all-day`.
 * - `part`: its window opens or closes on that day.
 * - `not-yet`, `over`: not shown on that day.
 */
export type Showing = 'all-day' | 'part' | 'not-yet' | 'over';

/** Returns the span of a `YYYY-MM-DD` in an IANA time zone; 23 or 25 hours if clocks change. */
export function dayIn(date: string, timeZone: string): Span {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const at = (dayOfMonth: number) =>
    new Date(new TZDate(year, month - 1, dayOfMonth, timeZone).getTime());
  return { begin: at(day), end: at(day + 1) };
}

export function showingDuring({ startsAt, endsAt }: ShownBetween, { begin, end }: Span): Showing {
  if (startsAt && startsAt >= end) return 'not-yet';
  if (endsAt && endsAt <= begin) return 'over';
  const isPart = (startsAt && startsAt > begin) || (endsAt && endsAt < end);
  return isPart ? 'part' : 'all-day';
}

/** Whether both are shown at the same moment of a day. */
export function overlapDuring(one: ShownBetween, other: ShownBetween, day: Span): boolean {
  const begins = [one.startsAt, other.startsAt, day.begin].map((at) => at?.getTime() ?? -Infinity);
  const ends = [one.endsAt, other.endsAt, day.end].map((at) => at?.getTime() ?? Infinity);
  return Math.max(...begins) < Math.min(...ends);
}
