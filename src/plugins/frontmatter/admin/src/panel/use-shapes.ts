import { useEffect, useState } from 'react';
import { useFetchClient } from '@strapi/strapi/admin';
import type { FindShapes, ShapeSummary } from '../../../shared';
import { PLUGIN_ID } from '../plugin-id';

/** Shapes change only with the application, so one answer serves until the page is reloaded. */
let known: Promise<ShapeSummary[]> | undefined;

/** Returns the content types that have frontmatter; none until the server has answered. */
export function useShapes(): ShapeSummary[] {
  const { get } = useFetchClient();
  const [shapes, setShapes] = useState<ShapeSummary[]>([]);
  useEffect(() => {
    known ??= get<FindShapes.Response>(`/${PLUGIN_ID}/shapes`).then(({ data }) => data.data);
    known.then(setShapes, () => {
      known = undefined; // the next form asks again
    });
  }, [get]);
  return shapes;
}
