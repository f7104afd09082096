/**
 * What an author should know of a write that was done all the same: `meta.warnings` of the answer.
 *
 * - `linked`: published documents link the one that is no longer published; readers lose these links.
 * - `date-ignored`: a date was sent that publishing decides.
 * - `merged`: a form of the panel was saved together with what came in after it was loaded.
 */
export interface WriteWarning {
  code: 'linked' | 'date-ignored' | 'merged';
  message: string;
  /** Slugs of the documents that link it; only with `linked`. */
  slugs?: string[];
  /** Dotted paths of attributes; only with `merged`. */
  paths?: string[];
}
