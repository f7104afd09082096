import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useAuth } from '@strapi/strapi/admin';
import { isEqual } from 'es-toolkit/compat';
import { useFormState } from './form-state';
import { baseOf, type FormKey, type OpenForm, type Values } from './open-forms';
import { createUnsavedStore, type Unsaved } from './unsaved';

/** Storing every keystroke would slow down typing. */
const PAUSE_MS = 500;

interface Form {
  form: { initialValues: Values; modified: boolean; values: Values };
  seen: OpenForm['seen'];
}

/**
 * Keeps unsaved text in the browser, whatever happens to the page or the session, and offers it
 * when the document is opened again. Never saves it to the CMS by itself.
 */
export function useUnsaved(
  { model, documentId }: FormKey,
  { form, seen }: Form
): { offered: Unsaved | undefined; take(): void; discard(): void; forget(): void } {
  const user = useAuth('useUnsaved', (state) => state.user?.id) ?? 'unknown';
  const store = useMemo(
    () => createUnsavedStore(user, { model, documentId }),
    [user, model, documentId]
  );
  const onChange = useFormState('useUnsaved', (state) => state.onChange);
  const { initialValues, modified, values } = form;
  const [offered, setOffered] = useState(() => {
    const kept = store.read();
    return kept && isDifferent(kept, values) ? kept : undefined;
  });
  /** What the form was loaded with when it was last seen modified. */
  const wasModified = useRef<Values>();
  /** Stores what is not stored yet. */
  const pending = useRef<() => void>();
  // What was typed earlier stays until its author has decided about it.
  const undecided = useRef(offered);
  undecided.current = offered;
  const forget = useCallback(() => {
    pending.current = undefined;
    if (undecided.current) store.keep(undecided.current);
    else store.forget();
  }, [store]);

  useEffect(() => {
    if (!modified) {
      // Same initial values: its author undid everything. Otherwise the form was replaced, unsaved.
      const isUndone = wasModified.current === initialValues;
      wasModified.current = undefined;
      if (isUndone) forget();
      else pending.current?.();
      return;
    }
    wasModified.current = initialValues;
    pending.current = () => {
      const base = baseOf({ getForm: () => ({ initialValues, values }), seen });
      const typed = Object.fromEntries(Object.keys(base).map((name) => [name, values[name]]));
      const before = undecided.current;
      store.keep({
        at: new Date().toISOString(),
        values: { ...before?.values, ...typed },
        base: { ...before?.base, ...base },
      });
      pending.current = undefined;
    };
    const timer = setTimeout(() => pending.current?.(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [forget, initialValues, modified, seen, store, values]);

  useEffect(() => {
    const keep = (): void => pending.current?.();
    window.addEventListener('pagehide', keep);
    return () => {
      keep();
      window.removeEventListener('pagehide', keep);
    };
  }, []);

  return {
    offered,
    take() {
      for (const [name, value] of Object.entries(offered?.values ?? {})) onChange(name, value);
      // Changes to the document since then are someone else's, and the author has not seen them.
      for (const [name, value] of Object.entries(offered?.base ?? {})) seen.set(name, value);
      setOffered(undefined);
    },
    discard() {
      store.forget();
      setOffered(undefined);
    },
    forget,
  };
}

const isDifferent = (kept: Unsaved, values: Values): boolean =>
  Object.entries(kept.values).some(([name, value]) => !isEqual(value, values[name]));
