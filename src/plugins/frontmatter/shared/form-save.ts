import type { FormConflict } from '../core';

export type { FormConflict };

/** Key next to the attributes in which a form of the panel sends what it was loaded with. */
export const FORM_ORIGIN = 'frontmatterForm';

export interface FormOrigin {
  documentId: string;
  /**
   * What the form was loaded with, for the attributes that its author changed; for a to-one
   * relation, the id of a document that may be replaced.
   */
  base: Record<string, unknown>;
}

/** `details` of the error of a save that conflicts with another one: nothing was written. */
export interface FormConflictDetails {
  conflicts: FormConflict[];
}
