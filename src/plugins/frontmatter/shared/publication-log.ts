import type { Cursor, FrontmatterData } from '../core';

/** One publication, as it is told to who follows all of them. */
export interface LoggedPublication {
  cursor: Cursor;
  collection: string;
  slug: string;
  documentId: string;
  /** Whether readers get the slug from here on, or no longer. */
  state: 'live' | 'gone';
  reason: string;
  /** Paths of the keys whose values differ from the publication of this document before. */
  changed: string[];
  at: Date;
  /** Path of the key with the names that documents are chosen by; `null` if its shape has none. */
  tagsKey: string | null;
  /**
   * What readers got of the document before, and get from here on: `null` for nothing, absent where
   * it is no longer kept, or was not asked for.
   */
  before?: FrontmatterData | null;
  after?: FrontmatterData | null;
}

/** All publications in the order of their commits, for the plugins that follow them. */
export interface PublicationLog {
  /** The newest position; the begin if nothing was published yet. */
  newest(): Promise<Cursor>;
  /**
   * The oldest publications after a position.
   *
   * @param options.limit How many at most.
   * @param options.withData Whether `before` and `after` are wanted, which are large.
   * @returns Nothing if the database never had that position: it is another or a restored one.
   */
  after(
    cursor: Cursor,
    options: { limit: number; withData: boolean }
  ): Promise<LoggedPublication[] | undefined>;
  /**
   * The newest publication of a slug, also where readers no longer get it.
   *
   * @returns Nothing if it was never published.
   */
  newestOf(
    collection: string,
    slug: string,
    options: { withData: boolean }
  ): Promise<LoggedPublication | undefined>;
}

/** Event of Strapi's event hub: something was published, and its transaction is committed. */
export const PUBLISHED_EVENT = 'frontmatter.published';
