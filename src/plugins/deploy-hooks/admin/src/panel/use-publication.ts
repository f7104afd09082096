import { useEffect, useState } from 'react';
import { useFetchClient } from '@strapi/strapi/admin';
import type { ShapeSummary } from 'strapi-plugin-frontmatter/shared';
import type { Answer, DocumentProgress } from '../../../shared';
import { PLUGIN_ID } from '../plugin-id';

interface PublishedDocument {
  collection: ShapeSummary | undefined;
  documentId: string | undefined;
  /** ISO 8601; `undefined` for a document that is not published. */
  publishedAt: string | undefined;
}

export interface Publication {
  /** Path to request the progress again. */
  path: string;
  publishedAt: string;
  progress: DocumentProgress[];
}

/**
 * Returns the progress of a document's newest publication, as of the first request for it. Requests
 * it for each new publication, and keeps the previous progress meanwhile.
 */
export function usePublication(document: PublishedDocument): Publication | undefined {
  const { collection, documentId, publishedAt } = document;
  const { get } = useFetchClient();
  const [known, setKnown] = useState<Publication & { documentId: string }>();

  useEffect(() => {
    if (!collection || !documentId || publishedAt === undefined) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    const ask = async (): Promise<void> => {
      // The slug in the form may not be published yet.
      const published = `/content-manager/collection-types/${collection.contentType}/${documentId}`;
      const { data } = await get<{ data: Record<string, unknown> }>(published, {
        params: { status: 'published' },
        signal,
      });
      const slug = encodeURIComponent(String(data.data[collection.slug]));
      const path = `/${PLUGIN_ID}/documents/${collection.collection}/${slug}`;
      const answer = await get<Answer<DocumentProgress[]>>(path, { signal });
      if (signal.aborted) return;
      setKnown({ documentId, path, publishedAt, progress: answer.data.data });
    };
    ask().catch(() => {
      // The progress of the previous publication says nothing about this one.
      if (!signal.aborted) setKnown(undefined);
    });
    return () => leaving.abort();
  }, [get, collection, documentId, publishedAt]);

  const isOfDocument = publishedAt !== undefined && known?.documentId === documentId;
  return isOfDocument ? known : undefined;
}
