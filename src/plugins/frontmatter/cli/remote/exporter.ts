import { chunk } from 'es-toolkit';
import { hashOf } from '../../node/text-hash';
import type { Exporter, ExportText } from '../../shared';
import { findPublications } from './publications';
import type { Server } from './server';

/** Number of requests at a time. */
const PARALLEL_REQUESTS = 8;

export const createRemoteExporter = (server: Server): Exporter => ({
  texts: (collection) =>
    server.lines<ExportText>({
      path: '/export',
      query: { collection },
      permission: 'document.export',
    }),

  async departures(collection, slugs) {
    const departures = [];
    for (const some of chunk([...slugs], PARALLEL_REQUESTS)) {
      const found = await Promise.all(
        some.map((slug) => findPublications(server, { collection, slug, limit: 1 }))
      );
      departures.push(...found.flatMap((answer) => answer?.meta.departure ?? []));
    }
    return departures;
  },

  async isKnownText(collection, slug, text) {
    const request = { collection, slug, limit: 1, etag: hashOf(text) };
    const found = await findPublications(server, request);
    return found?.meta.isKnown ?? false;
  },
});
