import type { FrontmatterData } from '../core';

/** A valid file on its way into the CMS. */
export interface ImportSource {
  slug: string;
  frontmatter: FrontmatterData;
  body: string;
}

export const IMPORT_ACTIONS = ['created', 'updated', 'unchanged', 'invalid'] as const;
export type ImportAction = (typeof IMPORT_ACTIONS)[number];

export interface UnknownLink {
  /** Of the list it stands in, from the top of the frontmatter. */
  path: readonly string[];
  slug: string;
}

export interface ImportResult {
  slug: string;
  action: ImportAction;
  /** Links to slugs that the CMS does not know: they are left out. */
  unknownLinks: UnknownLink[];
  /** Why nothing of the document was written; only with `invalid`. */
  error?: string;
}

export interface ImportOptions {
  collection: string;
  /** Leave the documents as drafts. */
  draft: boolean;
  /** Say what would happen and write nothing. */
  dryRun: boolean;
  /** Called after each step; a document takes two. */
  onStep?: () => void;
}

export interface Importer {
  /**
   * Marks the begin of an import that must not meet other content. False if the collection holds
   * documents, drafts included, unless an import that began like this was interrupted.
   */
  beginIntoEmpty(collection: string): Promise<boolean>;
  finishIntoEmpty(): Promise<void>;
  importAll(sources: readonly ImportSource[], options: ImportOptions): Promise<ImportResult[]>;
}
