import type { FormConflict } from '../core';

export type { FormConflict };

/** Key of the body, beside the attributes, in which a form of the panel says what it was loaded with. */
export const FORM_ORIGIN = 'frontmatterForm';

export interface FormOrigin {
  documentId: string;
  /**
   * What the form was loaded with, of the attributes that its author changed; of a relation to one,
   * the id of a document that may be replaced.
   */
  base: Record<string, unknown>;
}

/** `details` of the error of a save that met another one: nothing was written. */
export interface FormConflictDetails {
  conflicts: FormConflict[];
}
