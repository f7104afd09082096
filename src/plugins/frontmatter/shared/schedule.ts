import type { Showing } from '../core';

/** Something with a window, such as an advertisement. */
export interface ScheduledEntry {
  documentId: string;
  /** How editors call it. */
  name: string;
  showing: Showing;
  /** ISO 8601. */
  startsAt: string | null;
  endsAt: string | null;
}

/** What the published documents of a collection carry on a day. */
export interface Schedule {
  /** `YYYY-MM-DD` */
  day: string;
  /** IANA name of the zone in which the day begins and ends. */
  timeZone: string;
  /** In the order of their slugs; `entry` is `null` for one that has none. */
  documents: { slug: string; path: string; entry: ScheduledEntry | null }[];
  /** Different entries for the same offer that are shown at the same moment. */
  overlaps: { path: string; entries: [ScheduledEntry, ScheduledEntry] }[];
}

export interface Scheduler {
  /** @param day `YYYY-MM-DD`; today without it. */
  on(collection: string, day?: string): Promise<Schedule>;
}
