import { isEqual, set } from 'es-toolkit/compat';
import type { FormConflict, FormOrigin, WriteWarning } from '../../../shared';

export type Values = Record<string, unknown>;

export interface Failed {
  kind: 'failed';
  reason: string;
  /** Dotted paths of the attributes that the reason names. */
  paths: string[];
}
/** A save that wrote nothing. */
export type Failure = { kind: 'conflict'; conflicts: FormConflict[] } | Failed;

/** A form that is open in this window. */
export interface OpenForm {
  getForm(): { initialValues: Values; values: Values };
  /**
   * By dotted path, values that replace those the form was loaded with: values of others that its
   * author has seen since, or the author's own if those of others are to stay.
   */
  seen: Map<string, unknown>;
  /** Called when its values are sent. */
  onSending(): void;
  onFailure(failure: Failure): void;
  onSaved(warnings: readonly WriteWarning[]): void;
}

export interface FormKey {
  model: string;
  /** Absent for a document that was never saved. */
  documentId?: string | undefined;
}

const forms = new Map<string, OpenForm>();
const keyOf = ({ model, documentId = '' }: FormKey): string => `${model}/${documentId}`;

/** @returns A function that removes the form. */
export function addForm(key: FormKey, form: OpenForm): () => void {
  forms.set(keyOf(key), form);
  return () => {
    if (forms.get(keyOf(key)) === form) forms.delete(keyOf(key));
  };
}

export const findForm = (key: FormKey): OpenForm | undefined => forms.get(keyOf(key));

/** Returns what a form was loaded with, for the attributes that its author changed. */
export function baseOf({ getForm, seen }: Pick<OpenForm, 'getForm' | 'seen'>): FormOrigin['base'] {
  const { initialValues, values } = getForm();
  const changed = Object.keys(values).filter((name) => !isEqual(values[name], initialValues[name]));
  const base = structuredClone(
    Object.fromEntries(changed.map((name) => [name, initialValues[name] ?? null]))
  );
  for (const [path, value] of seen) {
    const [name = ''] = path.split('.');
    if (Object.hasOwn(base, name)) set(base, path, value);
  }
  return base;
}
