import type { Author, HistoryEntry } from './wire';

/** Which part of a history to return. */
export interface HistoryOptions {
  limit?: number;
  /** Cursor: only entries before it. */
  before?: string;
}

export interface History {
  /** Returns the publications of a slug, newest first; none if it was never published. */
  of(collection: string, slug: string, options?: HistoryOptions): Promise<HistoryEntry[]>;
}

/** Maximum number of entries per request. */
export const MAX_HISTORY = 1_000;

/** `GET /frontmatter/history/:model/:documentId`, for the panel */
export namespace FindHistory {
  export interface Response {
    data: HistoryEntry[];
    meta: {
      /** Cursor of the next page; `null` if there is none. */
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
      /** Keys whose values differ in the draft, and the attribute of the body if it differs. */
      paths: string[];
    };
  }
}

/** `POST /frontmatter/history/:model/:documentId/:cursor/restore`, for the panel */
export namespace RestorePublication {
  export interface Request {
    /** Paths of `FindHistoryText`. */
    paths: string[];
  }
}

/** A document that was deleted after it was published. */
export interface DeletedDocument {
  slug: string;
  /** ISO 8601. */
  at: string;
  by: Author | null;
  /** Whether a text of it is still kept. */
  hasText: boolean;
}

/**
 * `GET /frontmatter/deleted/:model`, for the panel;
 * `POST /frontmatter/deleted/:model/:slug/restore` makes a draft of the last text
 */
export namespace FindDeleted {
  export interface Response {
    data: DeletedDocument[];
  }
}
