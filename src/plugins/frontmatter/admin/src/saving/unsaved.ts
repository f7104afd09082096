import type { FormKey, Values } from './open-forms';

/** Text that was typed and not saved. */
export interface Unsaved {
  /** ISO 8601. */
  at: string;
  /** Of the attributes that were changed. */
  values: Values;
  /** What the form was loaded with, of the same. */
  base: Values;
}

const keyOf = (user: string | number, { model, documentId = 'new' }: FormKey): string =>
  `frontmatter.unsaved/${user}/${model}/${documentId}`;

/** Keeps what nobody saved in this browser, for one user and document. */
export function createUnsavedStore(user: string | number, form: FormKey) {
  const key = keyOf(user, form);
  return {
    read(): Unsaved | undefined {
      const text = localStorage.getItem(key);
      return text === null ? undefined : (JSON.parse(text) as Unsaved);
    },
    keep(unsaved: Unsaved): void {
      try {
        localStorage.setItem(key, JSON.stringify(unsaved));
      } catch {
        // The browser keeps no more: what is typed is in the form alone.
      }
    },
    forget: (): void => localStorage.removeItem(key),
  };
}
