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
  /** Found by comparing all documents with what was published: something was written past the CMS. */
  | 'reconciled';

/** One row per time that what readers get of a slug changed or ended. Append-only. */
export interface Publication {
  id: number;
  /** Position in the one sequence of all publications; in the order of commits. */
  seq: number;
  /** Random: a position of another or a restored database is told by it. */
  token: string;
  collection: string;
  documentId: string;
  slug: string;
  state: PublicationState;
  reason: PublicationReason;
  /** The markdown file; `null` where gone, or old and no longer kept. */
  text: string | null;
  /** The frontmatter as JSON text, keys in the order of the file; `null` as above. */
  data: string | null;
  /** Hash of `text`; stays when the text is no longer kept. */
  etag: string | null;
  /** Hashes of the values that move the date, by path: what the next publication is compared with. */
  content: Record<string, string>;
  datePublished: string | null;
  dateModified: string | null;
  /** Paths of the keys whose values differ from the publication of this document before. */
  changed: string[];
  /** Why the date is what it is, and the paths that moved it. */
  dateReason: DateReason | null;
  dateChanged: string[];
  /** Who published it; `null` for what an earlier version did. */
  publishedBy: Author | null;
  /** Whether it is the newest of its slug. */
  isCurrent: boolean;
  at: string;
}

/** What a new row is made of; the rest it gets when it is recorded. */
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
