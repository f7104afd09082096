import type { Departure } from './wire';

/** A line of `GET /api/frontmatter/export?collection=` as `application/x-ndjson`, in order of slug. */
export interface ExportText {
  slug: string;
  /** The whole file: byte order mark and line ends are part of it. */
  text: string;
}

export interface Exporter {
  /** All published texts in order of slug; pages through them, so that memory stays flat. */
  texts(collection: string): AsyncIterable<ExportText>;
  /** For slugs that are not published: what became of those that once were. */
  departures(collection: string, slugs: readonly string[]): Promise<Departure[]>;
  /**
   * Whether the CMS once took in or gave out exactly this text for the slug, and nothing of it waits to be
   * published: only then may a file go.
   */
  isKnownText(collection: string, slug: string, text: string): Promise<boolean>;
}
