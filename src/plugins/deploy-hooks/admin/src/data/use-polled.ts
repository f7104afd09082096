import { useCallback, useEffect, useRef, useState } from 'react';
import { useFetchClient } from '@strapi/strapi/admin';
import { reasonOf } from './failure';

/** Sites are notified without any action in the panel. */
const POLL_MS = 3_000;

export interface Polled<T> {
  /** The newest answer; that of the previous path until the first one of this path arrives. */
  answer: T | undefined;
  /** Whether `answer` belongs to this path. */
  isCurrent: boolean;
  /** Why the last request failed. */
  failure: string | undefined;
  /** Sends a request at once, and resolves when it is done. */
  reload: () => Promise<void>;
}

/** Returns the server's answer, polled every few seconds while the page is visible. */
export function usePolled<T>(path: string): Polled<T> {
  const { get } = useFetchClient();
  const [shown, setShown] = useState<{ path: string; answer: T }>();
  const [failure, setFailure] = useState<string>();
  const ask = useRef<() => Promise<void>>();

  useEffect(() => {
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let newest = 0;
    const askNow = async (): Promise<void> => {
      const turn = ++newest;
      clearTimeout(timer);
      // A late answer never replaces a newer one.
      const isNewest = () => turn === newest && !leaving.signal.aborted;
      try {
        const { data } = await get<T>(path, { signal: leaving.signal });
        if (!isNewest()) return;
        setShown({ path, answer: data });
        setFailure(undefined);
      } catch (error) {
        if (!isNewest()) return;
        setFailure(reasonOf(error));
      }
      if (isVisible()) timer = setTimeout(askNow, POLL_MS);
    };
    const onVisibilityChange = (): void => {
      if (isVisible()) void askNow();
      else clearTimeout(timer);
    };
    ask.current = askNow;
    void askNow();
    document.addEventListener('visibilitychange', onVisibilityChange);
    return () => {
      leaving.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibilityChange);
    };
  }, [get, path]);

  const reload = useCallback(async () => ask.current?.(), []);
  return { answer: shown?.answer, isCurrent: shown?.path === path, failure, reload };
}

const isVisible = (): boolean => document.visibilityState === 'visible';
