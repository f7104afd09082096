import type { DateReason } from '../../../core';
import type { Author } from '../../../shared';

export const PUBLICATION = {
  uid: 'plugin::frontmatter.publication',
  tableName: 'frontmatter_publications',
};

/** Whether readers get a document from this publication on, or no longer. */
export type PublicationState = 'live' | 'gone';

export type PublicationReason =
  | 'published'
  | 'updated'
  | 'unpublished'
  | 'deleted'
  | 'renamed'
  /** Something that the document shows has changed: a keyword, an author, a related document. */
  | 'reference'
  /** A window of something that the document shows has opened or closed. */
  | 'window'
  /** A comparison of all documents with what was published found a write that bypassed the CMS. */
  | 'reconciled';

/** One row for each time that what readers get of a slug changed or ended. Append-only. */
export interface Publication {
  id: number;
  /** Position in the single sequence of all publications, in the order of commits. */
  seq: number;
  /** Random. Distinguishes a position from that of another or a restored database. */
  token: string;
  collection: string;
  documentId: string;
  slug: string;
  state: PublicationState;
  reason: PublicationReason;
  /** The markdown file; `null` if gone, or if old and no longer kept. */
  text: string | null;
  /** The frontmatter as JSON text, keys in the order of the file; `null` as above. */
  data: string | null;
  /** Hash of `text`; stays when the text is no longer kept. */
  etag: string | null;
  /** Hashes by path of the values that move the date, to compare with the next publication. */
  content: Record<string, string>;
  datePublished: string | null;
  dateModified: string | null;
  /** Paths of the keys whose values differ from the previous publication of this document. */
  changed: string[];
  /** Why the date is what it is, and the paths that moved it. */
  dateReason: DateReason | null;
  dateChanged: string[];
  /** Who published it; `null` if an earlier version of the plugin recorded it. */
  publishedBy: Author | null;
  /** Whether it is the newest of its slug. */
  isCurrent: boolean;
  at: string;
}

/** A new row without the values that are added when it is recorded. */
export type NewPublication = Omit<
  Publication,
  'id' | 'seq' | 'token' | 'isCurrent' | 'at' | 'publishedBy'
>;

export const publicationModel = {
  ...PUBLICATION,
  singularName: 'frontmatter_publication',
  modelName: 'frontmatter_publication',
  attributes: {
    id: { type: 'increments' },
    seq: { type: 'integer' },
    token: { type: 'string' },
    collection: { type: 'string' },
    documentId: { type: 'string' },
    slug: { type: 'string' },
    state: { type: 'string' },
    reason: { type: 'string' },
    text: { type: 'text' },
    data: { type: 'text' }, // not json: PostgreSQL would sort the keys
    etag: { type: 'string' },
    content: { type: 'json' },
    datePublished: { type: 'string' },
    dateModified: { type: 'string' },
    changed: { type: 'json' },
    dateReason: { type: 'string' },
    dateChanged: { type: 'json' },
    publishedBy: { type: 'json' },
    isCurrent: { type: 'boolean' },
    at: { type: 'datetime' },
  },
  indexes: [
    { name: 'frontmatter_publications_seq', columns: ['seq'], type: 'unique' },
    {
      name: 'frontmatter_publications_slug',
      columns: ['collection', 'slug', 'is_current'],
    },
    { name: 'frontmatter_publications_document', columns: ['document_id', 'seq'] },
  ],
};
