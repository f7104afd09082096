import type { FrontmatterData } from '../core';

/** Which version of a document is asked for. */
export const DOCUMENT_STATUSES = ['published', 'draft'] as const;
export type DocumentStatus = (typeof DOCUMENT_STATUSES)[number];

/** `GET /api/frontmatter` */
export namespace FindCollections {
  export interface Response {
    data: {
      collection: string;
      /** Published documents. */
      count: number;
      /** The position of the newest publication of the collection. */
      cursor: string;
      /** Names of its files below a folder, the preferred one first; `{slug}` stands for the slug. */
      files: readonly string[];
      /** Keys at the top of its frontmatter. */
      keys: readonly { name: string; required: boolean }[];
    }[];
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
