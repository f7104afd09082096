import type { Author, HistoryEntry } from './wire';

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
