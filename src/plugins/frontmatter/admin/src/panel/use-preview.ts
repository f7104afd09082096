import { useEffect, useRef, useState } from 'react';
import { useFetchClient } from '@strapi/strapi/admin';
import type { Preview, PreviewDocument } from '../../../shared';
import { PLUGIN_ID } from '../plugin-id';
import { toSaved } from './form-values';
import { useTick } from './use-tick';

/** Longer than the pause between two letters of a word. */
const PAUSE_MS = 60;

export type PreviewState =
  { kind: 'loading' } | { kind: 'shown'; preview: Preview } | { kind: 'failed'; reason: string };

interface Form {
  model: string;
  documentId: string | undefined;
  values: object;
  isCopy?: boolean;
  /** A change requests a new preview. */
  savedAt?: string;
}

/**
 * Previews what publishing the form would give, and follows it while somebody types: one request at
 * a time, and another if the form changed meanwhile. A late answer never replaces a newer one.
 */
export function usePreview({ model, documentId, values, isCopy, savedAt }: Form): PreviewState {
  const { post } = useFetchClient();
  const tick = useTick();
  const [state, setState] = useState<PreviewState>({ kind: 'loading' });
  const shownFor = useRef<object>();
  const version = useRef<string>();
  const underWay = useRef<Promise<unknown>>(Promise.resolve());

  useEffect(() => {
    const leaving = new AbortController();
    const ask = async (): Promise<void> => {
      await underWay.current;
      if (leaving.signal.aborted) return;
      const body: PreviewDocument.Request = {
        documentId,
        values: toSaved(values) as Record<string, unknown>,
        isCopy,
        known: shownFor.current === values ? version.current : undefined,
      };
      try {
        const { data } = await post<PreviewDocument.Response>(
          `/${PLUGIN_ID}/preview/${model}`,
          body
        );
        if (leaving.signal.aborted) return;
        version.current = data.meta.version;
        if (!data.data) return; // the shown preview is current
        shownFor.current = values;
        setState({ kind: 'shown', preview: data.data });
      } catch (error) {
        // The preview still fits an unchanged form, e.g. while the server restarts.
        if (leaving.signal.aborted || shownFor.current === values) return;
        setState({ kind: 'failed', reason: (error as Error).message });
      }
    };
    const timer = setTimeout(() => {
      underWay.current = ask();
    }, PAUSE_MS);
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [post, model, documentId, values, isCopy, savedAt, tick]);

  return state;
}
