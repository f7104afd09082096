import { useCallback, useEffect, useState } from 'react';
import { useFetchClient } from '@strapi/strapi/admin';
import type { FindHistory, FindHistoryText, HistoryEntry } from '../../../shared';
import { PLUGIN_ID } from '../plugin-id';

export const pathOf = (model: string, documentId: string): string =>
  `/${PLUGIN_ID}/history/${model}/${documentId}`;

/** Loads the publications of a document, page by page, newest first. */
export function useHistory(model: string, documentId: string) {
  const { get } = useFetchClient();
  const [entries, setEntries] = useState<HistoryEntry[]>();
  const [meta, setMeta] = useState<FindHistory.Response['meta']>();
  const [failure, setFailure] = useState<string>();

  const load = useCallback(
    (before?: string): void => {
      get<FindHistory.Response>(pathOf(model, documentId), { params: { before } }).then(
        ({ data }) => {
          setEntries((known = []) => (before === undefined ? data.data : [...known, ...data.data]));
          setMeta(data.meta);
          setFailure(undefined);
        },
        (error: Error) => setFailure(error.message)
      );
    },
    [get, model, documentId]
  );
  useEffect(() => load(), [load]);

  const before = meta?.before ?? undefined;
  return {
    entries,
    failure,
    hasMore: before !== undefined,
    loadMore: () => load(before),
    retention: meta?.retention ?? 0,
  };
}

/** Returns the text of a publication, and where the draft differs; or an error message. */
export function usePublicationText(model: string, documentId: string, cursor: string) {
  const { get } = useFetchClient();
  const [found, setFound] = useState<FindHistoryText.Response['data'] | string>();
  useEffect(() => {
    get<FindHistoryText.Response>(`${pathOf(model, documentId)}/${cursor}`).then(
      ({ data }) => setFound(data.data),
      (error: Error) => setFound(error.message)
    );
  }, [get, model, documentId, cursor]);
  return found;
}
