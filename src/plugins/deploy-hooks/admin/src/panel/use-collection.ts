import { useEffect, useState } from 'react';
import { useFetchClient } from '@strapi/strapi/admin';
import type { FindShapes, ShapeSummary } from 'strapi-plugin-frontmatter/shared';

/** Shapes change only with the application, so one answer serves until the page is reloaded. */
let known: Promise<ShapeSummary[]> | undefined;

/**
 * Returns the collection of a content type, and the attribute that holds its slug. `undefined` if
 * it has no collection, if `model` is `undefined`, and until the server has answered.
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
