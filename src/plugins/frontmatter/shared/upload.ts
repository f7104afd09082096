import type { Issue } from '../core';
import type { DocumentStatus } from './document';
import type { ImportAction, ImportConflict } from './import';

/** `PUT /api/frontmatter/:collection/:slug` */
export namespace PutDocument {
  export interface Response {
    data: { slug: string; action: ImportAction; etag: string | null; issues: Issue[] };
    meta: { collection: string; status: DocumentStatus };
  }
  /** Of 409 and 422, in `error.details`. */
  export interface ErrorDetails {
    issues: Issue[];
    conflicts?: ImportConflict[];
  }
}

/**
 * `POST /api/frontmatter/import`, multipart with files in the field `files`; of a folder that takes
 * several requests, the field `batch` names in each the slugs of all its files, one a line
 */
export namespace ImportFiles {
  export interface FileResult {
    /** As it was sent. */
    file: string;
    slug: string;
    action: ImportAction;
    issues: Issue[];
    conflicts?: ImportConflict[];
    etag?: string;
  }
  export interface Response {
    data: FileResult[];
    meta: {
      collection: string;
      status: DocumentStatus;
      dryRun: boolean;
      counts: Partial<Record<ImportAction, number>>;
    };
  }
}
