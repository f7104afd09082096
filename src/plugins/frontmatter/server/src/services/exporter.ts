import type { Core, UID } from '@strapi/strapi';
import type { Departure, Exporter } from '../../../shared';
import { getService } from '../plugin-id';
import { hashOf } from './renderer';

/** What the CMS gives out, for those who write it into files. */
export function createExporter({ strapi }: { strapi: Core.Strapi }): Exporter {
  const publications = () => getService(strapi, 'publications');

  return {
    async *texts(collection) {
      for await (const page of publications().liveOf(collection)) {
        for (const { slug, text } of page) {
          if (text !== null) yield { slug, text };
        }
      }
    },

    async departures(collection, slugs): Promise<Departure[]> {
      const current = await publications().findCurrent(collection, slugs);
      const gone = current.filter(({ state }) => state === 'gone');
      const live = await publications().findLiveOf(gone.map(({ documentId }) => documentId));
      return gone.map(({ slug, documentId, reason }) => {
        const renamedTo = live.find((row) => row.documentId === documentId)?.slug;
        if (renamedTo !== undefined) return { slug, reason: 'renamed', renamedTo };
        return { slug, reason: reason === 'unpublished' ? reason : 'deleted' };
      });
    },

    async isKnownText(collection, slug, text) {
      const isGivenOut = await publications().isKnownText(collection, slug, hashOf(text));
      if (isGivenOut) return true;
      const shape = getService(strapi, 'shapes').getByCollection(collection);
      const versions = await strapi.db.query(shape.contentType as UID.ContentType).findMany({
        select: [shape.source],
        where: { [shape.slug]: slug },
      });
      return versions.some((version) => version[shape.source] === text);
    },
  };
}
