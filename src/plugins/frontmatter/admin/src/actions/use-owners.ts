import { useEffect, useState } from 'react';
import { useFetchClient } from '@strapi/strapi/admin';
import type { FindOwners } from '../../../shared';
import { PLUGIN_ID } from '../plugin-id';

export type Owner = FindOwners.Response['data'][number];

/** Returns the published documents that link or show given ones; `undefined` until known. */
export function useOwners(model: string, documentIds: readonly string[]): Owner[] | undefined {
  const { get } = useFetchClient();
  const [owners, setOwners] = useState<Owner[]>();
  const ids = documentIds.join();
  useEffect(() => {
    const leaving = new AbortController();
    get<FindOwners.Response>(`/${PLUGIN_ID}/owners/${model}`, {
      params: { ids },
      signal: leaving.signal,
    }).then(
      ({ data }) => setOwners(data.data),
      () => setOwners(undefined)
    );
    return () => leaving.abort();
  }, [get, ids, model]);
  return owners;
}
