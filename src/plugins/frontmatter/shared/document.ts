import type { FrontmatterData } from '../core';

/** Which version of a document is asked for. */
export const DOCUMENT_STATUSES = ['published', 'draft'] as const;
export type DocumentStatus = (typeof DOCUMENT_STATUSES)[number];

/** `GET /api/frontmatter` */
export namespace FindCollections {
  export interface Response {
    /** `cursor`: the position of the newest publication of the collection. */
    data: { collection: string; count: number; cursor: string }[];
    meta: Record<string, never>;
  }
}

/** `GET /api/frontmatter/:collection/:slug` as `application/json` without an extension */
export namespace FindDocument {
  export interface Response {
    data: { slug: string; etag: string; frontmatter: FrontmatterData; body: string };
    meta: { collection: string; status: DocumentStatus };
  }
}
