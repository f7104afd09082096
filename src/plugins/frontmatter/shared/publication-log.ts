import type { Cursor, FrontmatterData } from '../core';

/** One publication, as those who follow all of them see it. */
export interface LoggedPublication {
  cursor: Cursor;
  collection: string;
  slug: string;
  documentId: string;
  /** Whether readers get the slug from here on, or no longer. */
  state: 'live' | 'gone';
  reason: string;
  /** Paths of the keys whose values differ from the previous publication of this document. */
  changed: string[];
  at: Date;
  /** Path of the key with the names that select documents; `null` if its shape has none. */
  tagsKey: string | null;
  /**
   * What readers got of the document before, and get from here on: `null` for nothing, absent if it
   * is no longer kept, or was not requested.
   */
  before?: FrontmatterData | null;
  after?: FrontmatterData | null;
}

/** All publications in the order of their commits, for the plugins that follow them. */
export interface PublicationLog {
  /** Returns the newest position; the beginning if nothing was published yet. */
  newest(): Promise<Cursor>;
  /**
   * Returns the oldest publications after a position.
   *
   * @param options.limit Maximum number.
   * @param options.withData Whether to include `before` and `after`, which are large.
   * @returns `undefined` if the database never had that position: it is another or a restored one.
   */
  after(
    cursor: Cursor,
    options: { limit: number; withData: boolean }
  ): Promise<LoggedPublication[] | undefined>;
  /**
   * Returns the newest publication of a slug, even if readers no longer get it.
   *
   * @returns `undefined` if it was never published.
   */
  newestOf(
    collection: string,
    slug: string,
    options: { withData: boolean }
  ): Promise<LoggedPublication | undefined>;
}

/** Event of Strapi's event hub: something was published, and its transaction is committed. */
export const PUBLISHED_EVENT = 'frontmatter.published';
