import type { Cursor, FrontmatterData } from '../core';

/** What readers get of a slug from now on. */
export interface Upsert {
  action: 'upsert';
  /** Place in the sequence of all publications; rises, with gaps. */
  seq: number;
  collection: string;
  slug: string;
  reason: 'published' | 'updated' | 'renamed' | 'reference' | 'window' | 'reconciled';
  etag: string;
  frontmatter: FrontmatterData;
  body: string;
}

/** A slug that readers get nothing of any more. */
export interface Deletion {
  action: 'delete';
  seq: number;
  collection: string;
  slug: string;
  reason: 'unpublished' | 'deleted' | 'renamed' | 'reconciled';
  /** Of a renamed document that is still published: where it is now. */
  newSlug?: string;
}

export type Change = Upsert | Deletion;

/** `GET /api/frontmatter/changes` */
export namespace FindChanges {
  /** Of each slug that changed, the newest state alone, in the order of `seq`. */
  export interface Response {
    data: Change[];
    meta: {
      /** To send as `since` next time. */
      cursor: string;
      /** Whether there is more to read from that cursor right now. */
      hasMore: boolean;
    };
  }
}

/** What the command line asks after a restore. */
export interface CursorKeeper {
  /** Ends all cursors that were given out; gives the newest position. */
  endCursors(): Promise<Cursor>;
}
