import type { DateReason } from '../core';
import type { Departure } from './export';

/**
 * Who published: an editor in the panel, an API token, a user of Strapi's Users & Permissions plugin,
 * a command, the schedule of an entry, or the CMS itself.
 */
export const AUTHOR_KINDS = ['editor', 'token', 'user', 'command', 'schedule', 'system'] as const;

export interface Author {
  kind: (typeof AUTHOR_KINDS)[number];
  /** As it was then: it stays when the account is gone. `null` for what has none. */
  name: string | null;
}

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
  /** Who published; `null` for what an earlier version did. */
  by: Author | null;
  /** Whether its text is still kept. */
  hasText: boolean;
  /** The dates that readers got with it, `YYYY-MM-DD`. */
  datePublished: string | null;
  dateModified: string | null;
  /** Why `dateModified` is what it is: absent where no author published, as when an author was renamed. */
  date: { reason: DateReason; changed: string[]; text: string } | null;
}

/** Part of a history. */
export interface HistoryOptions {
  limit?: number;
  /** Cursor: only entries before it. */
  before?: string;
}

export interface History {
  /** What a slug gave and gives readers, the newest first; empty for one that never gave anything. */
  of(collection: string, slug: string, options?: HistoryOptions): Promise<HistoryEntry[]>;
}

/** Most entries of a document that are asked for at once. */
export const MAX_HISTORY = 1_000;

/** `GET /api/frontmatter/:collection/:slug/publications` */
export namespace FindPublications {
  export interface Response {
    data: HistoryEntry[];
    meta: {
      collection: string;
      slug: string;
      /** For the next page, where there may be one. */
      before: string | null;
      /** What became of the slug; `null` while it is published. */
      departure: Departure | null;
      /** Whether the CMS once took in or gave out the text of that `etag` for the slug; absent without one. */
      isKnown?: boolean;
    };
  }
}

/** `GET /frontmatter/history/:model/:documentId`, for the panel */
export namespace FindHistory {
  export interface Response {
    data: HistoryEntry[];
    meta: {
      /** For the next page, where there is one. */
      before: string | null;
      /** How many texts of a document are kept. */
      retention: number;
    };
  }
}

/** `GET /frontmatter/history/:model/:documentId/:cursor`, for the panel */
export namespace FindHistoryText {
  export interface Response {
    data: {
      /** The markdown file. */
      text: string;
      /** The draft, as a file. */
      draft: string;
      /** Keys under which the draft says something else, and the attribute of the body. */
      paths: string[];
    };
  }
}

/** `POST /frontmatter/history/:model/:documentId/:cursor/restore`, for the panel */
export namespace RestorePublication {
  export interface Request {
    /** Of `FindHistoryText`. */
    paths: string[];
  }
}

/** A document that was deleted after readers got it. */
export interface DeletedDocument {
  slug: string;
  /** ISO 8601. */
  at: string;
  by: Author | null;
  /** Whether a text of it is still kept. */
  hasText: boolean;
}

/**
 * `GET /frontmatter/deleted/:model`, for the panel; `POST /frontmatter/deleted/:model/:slug/restore`
 * makes a draft of the last text
 */
export namespace FindDeleted {
  export interface Response {
    data: DeletedDocument[];
  }
}
