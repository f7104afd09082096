import type { FormKey, Values } from './open-forms';

/** Text that was typed and not saved. */
export interface Unsaved {
  /** ISO 8601. */
  at: string;
  /** Values of the changed attributes. */
  values: Values;
  /** What the form was loaded with, for the same attributes. */
  base: Values;
}

/** A month: by then, nobody still means to save it. */
const MAX_AGE_MS = 30 * 24 * 3_600_000;

const keyOf = (user: string | number, { model, documentId = 'new' }: FormKey): string =>
  `frontmatter.unsaved/${user}/${model}/${documentId}`;

/** Creates a store that keeps unsaved text in this browser, for one user and document. */
export function createUnsavedStore(user: string | number, form: FormKey) {
  const key = keyOf(user, form);
  return {
    read(): Unsaved | undefined {
      try {
        const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Unsaved | null;
        if (kept && Date.now() - Date.parse(kept.at) < MAX_AGE_MS) return kept;
        localStorage.removeItem(key);
      } catch {
        // The browser has no storage, or stores something else.
      }
      return undefined;
    },
    keep(unsaved: Unsaved): void {
      try {
        localStorage.setItem(key, JSON.stringify(unsaved));
      } catch {
        // The browser stores no more: what is typed is only in the form.
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
