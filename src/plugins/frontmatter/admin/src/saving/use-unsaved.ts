import { useEffect, useMemo, useRef, useState } from 'react';
import { useAuth, useForm } from '@strapi/strapi/admin';
import { isEqual } from 'es-toolkit/compat';
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
): { offered: Unsaved | undefined; take(): void; discard(): void } {
  const user = useAuth('useUnsaved', (state) => state.user?.id) ?? 'unknown';
  const store = useMemo(
    () => createUnsavedStore(user, { model, documentId }),
    [user, model, documentId]
  );
  const onChange = useForm('useUnsaved', (state) => state.onChange) as (
    name: string,
    value: unknown
  ) => void;
  const { initialValues, modified, values } = form;
  const [offered, setOffered] = useState(() => {
    const kept = store.read();
    return kept && isDifferent(kept, values) ? kept : undefined;
  });
  const wasModified = useRef(false);

  useEffect(() => {
    // What was typed before stays until its author has decided about it.
    if (offered) return;
    if (!modified) {
      if (wasModified.current) store.forget();
      wasModified.current = false;
      return;
    }
    wasModified.current = true;
    const keep = (): void => {
      const base = baseOf({ getForm: () => ({ initialValues, values }), seen });
      const changed = Object.keys(base).map((name) => [name, values[name]]);
      store.keep({ at: new Date().toISOString(), values: Object.fromEntries(changed), base });
    };
    const timer = setTimeout(keep, PAUSE_MS);
    window.addEventListener('pagehide', keep);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', keep);
    };
  }, [initialValues, modified, offered, seen, store, values]);

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
  };
}

const isDifferent = (kept: Unsaved, values: Values): boolean =>
  Object.entries(kept.values).some(([name, value]) => !isEqual(value, values[name]));
