import { useEffect, useState } from 'react';
import { useFetchClient } from '@strapi/strapi/admin';
import type { FindShapes, ShapeSummary } from 'strapi-plugin-frontmatter/shared';

/** They change only with the application, so one answer serves until the page is loaded anew. */
let known: Promise<ShapeSummary[]> | undefined;

/**
 * What a content type is published as, and its attribute that holds the slug; nothing for one that
 * is no collection, until the server has answered, and where it is not asked for.
 */
export function useCollection(model: string | undefined): ShapeSummary | undefined {
  const { get } = useFetchClient();
  const [shapes, setShapes] = useState<ShapeSummary[]>([]);
  const isAsked = model !== undefined;
  useEffect(() => {
    if (!isAsked) return;
    known ??= get<FindShapes.Response>('/frontmatter/shapes').then(({ data }) => data.data);
    known.then(setShapes, () => {
      known = undefined; // the next form asks again
    });
  }, [get, isAsked]);
  return shapes.find(({ contentType }) => contentType === model);
}
