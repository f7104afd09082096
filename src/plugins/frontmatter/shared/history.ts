import type { DateReason } from '../core';
import type { Departure } from './export';

/** One time that what readers get of a document changed or ended. */
export interface HistoryEntry {
  /** Its position in the sequence of all publications. */
  cursor: string;
  /** ISO 8601. */
  at: string;
  slug: string;
  state: 'live' | 'gone';
  reason: string;
  /** Paths of the keys whose values differ from the entry before. */
  changed: string[];
  /** The dates that readers got with it, `YYYY-MM-DD`. */
  datePublished: string | null;
  dateModified: string | null;
  /** Why `dateModified` is what it is: absent where no author published, as when an author was renamed. */
  date: { reason: DateReason; changed: string[]; text: string } | null;
}

export interface History {
  /** What a slug gave and gives readers, the newest first; empty for one that never gave anything. */
  of(collection: string, slug: string, options?: { limit?: number }): Promise<HistoryEntry[]>;
}

/** Most entries of a document that are asked for at once. */
export const MAX_HISTORY = 1_000;

/** `GET /api/frontmatter/:collection/:slug/publications` */
export namespace FindPublications {
  export interface Request {
    query: {
      /** 1 to 1,000; 100 unless told. */
      limit?: number;
      /** Hash of a text, to learn whether the CMS knows it. */
      etag?: string;
    };
  }
  export interface Response {
    data: HistoryEntry[];
    meta: {
      collection: string;
      slug: string;
      /** What became of the slug; `null` while it is published. */
      departure: Departure | null;
      /** Whether the CMS once took in or gave out the text of that `etag` for the slug; absent without one. */
      isKnown?: boolean;
    };
  }
}
