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

/** A month: what nobody came back for is not meant to be saved any more. */
const MAX_AGE_MS = 30 * 24 * 3_600_000;

const keyOf = (user: string | number, { model, documentId = 'new' }: FormKey): string =>
  `frontmatter.unsaved/${user}/${model}/${documentId}`;

/** Keeps what nobody saved in this browser, for one user and document. */
export function createUnsavedStore(user: string | number, form: FormKey) {
  const key = keyOf(user, form);
  return {
    read(): Unsaved | undefined {
      try {
        const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Unsaved | null;
        if (kept && Date.now() - Date.parse(kept.at) < MAX_AGE_MS) return kept;
        localStorage.removeItem(key);
      } catch {
        // The browser keeps nothing, or something else.
      }
      return undefined;
    },
    keep(unsaved: Unsaved): void {
      try {
        localStorage.setItem(key, JSON.stringify(unsaved));
      } catch {
        // The browser keeps no more: what is typed is in the form alone.
      }
    },
    forget(): void {
      try {
        localStorage.removeItem(key);
      } catch {
        // Nothing was kept.
      }
    },
  };
}
