import type { FindPublications } from '../../shared';
import type { Server } from './server';

/** Reads what the CMS knows about a slug; `undefined` if it never published it. */
export const findPublications = (
  server: Server,
  {
    collection,
    slug,
    limit,
    etag,
  }: { collection: string; slug: string; limit: number; etag?: string }
): Promise<FindPublications.Response | undefined> =>
  server.find<FindPublications.Response>({
    path: `/${collection}/${encodeURIComponent(slug)}/publications`,
    query: { limit: String(limit), ...(etag !== undefined && { etag }) },
    permission: 'document.findPublications',
  });
