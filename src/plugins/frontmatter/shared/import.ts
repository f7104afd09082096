import type { Issue, UploadFormat } from '../core';
import type { ImportAction } from './kinds';
import type { ImportConflict } from './wire';

/** A file on its way into the CMS. */
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
  /** In the order of the file. Errors tell why nothing was written. */
  issues: Issue[];
  /** Only with `conflict`. */
  conflicts?: ImportConflict[];
  /**
   * Hash of what readers get afterwards, or of the draft with the option `draft`; absent if there is
   * none, or in a dry run.
   */
  etag?: string;
}

/** RFC 9110, section 13.1: hashes of entity tags, or anything at all. */
export interface Precondition {
  ifMatch?: readonly string[] | '*';
  ifNoneMatch?: readonly string[] | '*';
}

export interface ImportOptions {
  collection: string;
  /** Leave the documents as drafts. */
  draft: boolean;
  /** Say what would happen and write nothing. */
  dryRun: boolean;
  /** Take the file where both sides changed the same key, or where its document is gone. */
  force: boolean;
  /** Slugs that come along in the same import: links to them are not worth a note. */
  batch?: ReadonlySet<string>;
  /** Link what waits for the slug of this file at once: no `finish` follows. @default false */
  isAlone?: boolean;
  precondition?: Precondition;
  /** Leave out what readers do not get, such as the value of a draft in a conflict. @default false */
  hidesDrafts?: boolean;
}

export interface Importer {
  /**
   * Marks the begin of an import that must not meet other content. False if the collection holds
   * documents, drafts included, unless an import that began like this was interrupted.
   *
   * @param options.dryRun Mark nothing. @default false
   */
  beginIntoEmpty(collection: string, options?: { dryRun?: boolean }): Promise<boolean>;
  finishIntoEmpty(): Promise<void>;
  /** Writes one file, in a transaction of its own: wholly or not at all. */
  importFile(file: ImportFile, options: ImportOptions): Promise<ImportResult>;
  /** Links what the imported files brought along to each other. Running it again does no harm. */
  finish(collection: string): Promise<void>;
}
