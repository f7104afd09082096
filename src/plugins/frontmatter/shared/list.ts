import type { FrontmatterData } from '../core';
import type { DocumentStatus } from './document';

/** A document in an answer that holds several. */
export interface DocumentEntry {
  slug: string;
  /** Hash of the file; the entity tag of each representation begins with it. */
  etag: string;
  /** Only the keys of `fields`, where the request names some. */
  frontmatter: FrontmatterData;
  /** Markdown after the frontmatter; absent where `fields` does not name it. */
  body?: string;
}

/** A draft that no list can show, with the reason. */
export interface UnreadableDraft {
  slug: string;
  message: string;
}

/**
 * `GET /api/frontmatter/:collection`; as `application/x-ndjson` a `DocumentEntry` in each line, of
 * all documents that match
 */
export namespace ListDocuments {
  export interface Response {
    data: DocumentEntry[];
    meta: {
      collection: string;
      status: DocumentStatus;
      /** In the terms that the request uses. */
      pagination:
        | { page: number; pageSize: number; pageCount: number; total: number }
        | { start: number; limit: number; total: number };
      /** Position of the newest publication: changes since then are read from here. */
      cursor: string;
      /** Drafts that are left out because their stored file cannot be read; absent where there are none. */
      unreadable?: UnreadableDraft[];
    };
  }
}
