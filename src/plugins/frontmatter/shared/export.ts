/** What became of a slug that is not published (any more). Slugs that the CMS never knew have none. */
export type Departure =
  | { slug: string; reason: 'deleted' }
  /** `draft`: the file of a document whose shape says in the file that it is a draft. */
  | { slug: string; reason: 'unpublished'; draft?: string }
  | { slug: string; reason: 'renamed'; renamedTo: string };

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
  /** Whether the CMS once took in or gave out exactly this text for the slug: only then may a file go. */
  isKnownText(collection: string, slug: string, text: string): Promise<boolean>;
}
