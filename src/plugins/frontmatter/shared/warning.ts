/**
 * What an author should know about a write that succeeded: `meta.warnings` of the answer.
 *
 * - `linked`: published documents link one that is no longer published; readers lose these links.
 * - `date-ignored`: a date was sent, but publishing decides it.
 * - `merged`: a form of the panel was saved together with changes made after it was loaded.
 */
export interface WriteWarning {
  code: 'linked' | 'date-ignored' | 'merged';
  message: string;
  /** Slugs of the documents that link it; only with `linked`. */
  slugs?: string[];
  /** Dotted paths of attributes; only with `merged`. */
  paths?: string[];
}
