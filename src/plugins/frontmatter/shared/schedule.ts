import type { Showing } from '../core';

/** Something with a window, such as an advertisement. */
export interface ScheduledEntry {
  documentId: string;
  /** As editors call it. */
  name: string;
  showing: Showing;
  /** ISO 8601. */
  startsAt: string | null;
  endsAt: string | null;
}

/** What the published documents of a collection show on a day. */
export interface Schedule {
  /** `YYYY-MM-DD` */
  day: string;
  /** IANA name of the zone in which the day begins and ends. */
  timeZone: string;
  /** In order of slug; `entry` is `null` for a document that has none. */
  documents: { slug: string; path: string; entry: ScheduledEntry | null }[];
  /** Different entries for the same offer that are shown at the same moment. */
  overlaps: { path: string; entries: [ScheduledEntry, ScheduledEntry] }[];
}

export interface Scheduler {
  /** @param day `YYYY-MM-DD`; today by default. */
  on(collection: string, day?: string): Promise<Schedule>;
}
