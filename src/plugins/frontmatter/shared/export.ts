import type { Departure } from './wire';

/** A line of `GET /api/frontmatter/export?collection=` (`application/x-ndjson`), by slug. */
export interface ExportText {
  slug: string;
  /** The whole file, including byte order mark and line ends. */
  text: string;
}

export interface Exporter {
  /** Yields all published texts in order of slug; pages through them, so that memory stays flat. */
  texts(collection: string): AsyncIterable<ExportText>;
  /** Returns what happened to those of some unpublished slugs that once were published. */
  departures(collection: string, slugs: readonly string[]): Promise<Departure[]>;
  /**
   * Whether the CMS once imported or served exactly this text for the slug, and none of it waits to
   * be published: only then may a file be replaced or removed.
   */
  isKnownText(collection: string, slug: string, text: string): Promise<boolean>;
}
