import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useAuth } from '@strapi/strapi/admin';
import { isEqual } from 'es-toolkit/compat';
import { useFormState } from './form-state';
import { baseOf, type FormKey, type OpenForm, type Values } from './open-forms';
import { createUnsavedStore, type Unsaved } from './unsaved';

/** Writing down each letter would slow down who types. */
const PAUSE_MS = 500;

interface Form {
  form: { initialValues: Values; modified: boolean; values: Values };
  seen: OpenForm['seen'];
}

/**
 * Keeps in the browser what is typed and not saved, whatever becomes of the page or the session, and
 * offers it when the document is opened again. It is never saved by itself.
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
  /** What is still to be written down. */
  const pending = useRef<() => void>();
  // What was typed before stays until its author has decided about it.
  const undecided = useRef(offered);
  undecided.current = offered;
  const forget = useCallback(() => {
    pending.current = undefined;
    if (undecided.current) store.keep(undecided.current);
    else store.forget();
  }, [store]);

  useEffect(() => {
    if (!modified) {
      // Its author took everything back; a form that was replaced was not saved.
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
      // What came into the document since is somebody else's, and none of what the author saw.
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
