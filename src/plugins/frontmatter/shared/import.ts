import type { Issue, UploadFormat } from '../core';
import type { ImportAction } from './kinds';
import type { ImportConflict } from './wire';

/** A file to import. */
export interface ImportFile {
  slug: string;
  /** As it was read or sent. */
  bytes: Uint8Array;
  /** @default 'md' */
  format?: UploadFormat;
}

export interface ImportResult {
  slug: string;
  action: ImportAction;
  /** In the order of the file. Errors say why nothing was written. */
  issues: Issue[];
  /** Only with `conflict`. */
  conflicts?: ImportConflict[];
  /**
   * Hash of what readers get afterwards, or of the draft with the option `draft`; absent if there
   * is none, or in a dry run.
   */
  etag?: string;
}

/** RFC 9110, section 13.1: hashes of entity tags, or `*` for any. */
export interface Precondition {
  ifMatch?: readonly string[] | '*';
  ifNoneMatch?: readonly string[] | '*';
}

export interface ImportOptions {
  collection: string;
  /** Leave the documents as drafts. */
  draft: boolean;
  /** Report what would happen and write nothing. */
  dryRun: boolean;
  /** Use the file if both sides changed the same key, or if its document is gone. */
  force: boolean;
  /** Slugs in the same import: links to them are not worth a note. */
  batch?: ReadonlySet<string>;
  /** Resolve links that wait for the slug of this file: no `finish` follows. @default false */
  isAlone?: boolean;
  precondition?: Precondition;
  /** Omit what readers do not get, such as the value of a draft in a conflict. @default false */
  hidesDrafts?: boolean;
}

export interface Importer {
  /**
   * Marks the beginning of an import that must not meet other content. Returns `false` if the
   * collection has documents, drafts included, unless an import begun like this was interrupted.
   *
   * @param options.dryRun Mark nothing. @default false
   */
  beginIntoEmpty(collection: string, options?: { dryRun?: boolean }): Promise<boolean>;
  finishIntoEmpty(): Promise<void>;
  /** Writes one file in its own transaction: completely or not at all. */
  importFile(file: ImportFile, options: ImportOptions): Promise<ImportResult>;
  /** Links the imported documents to each other. Running it again does no harm. */
  finish(collection: string): Promise<void>;
}
