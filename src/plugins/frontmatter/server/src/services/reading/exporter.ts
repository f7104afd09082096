import type { Core, UID } from '@strapi/strapi';
import { stateLeafOf } from '../../../../core';
import { hashOf } from '../../../../node/text-hash';
import type { Departure, Exporter } from '../../../../shared';
import { getImportedFiles } from '../store/imported-files';
import { getPublications } from '../store/publications';
import { getShapes } from '../foundation/shapes';
import { getDrafts } from '../rendering/drafts';
import { serviceOf } from '../foundation/service-of';

export interface ServerExporter extends Exporter {
  /** @param options.withDrafts Whether whoever asks may read drafts. @default true */
  departures(
    collection: string,
    slugs: readonly string[],
    options?: { withDrafts?: boolean }
  ): Promise<Departure[]>;
  /** The same as `isKnownText`, for those who do not send the text. */
  isKnownHash(collection: string, slug: string, hash: string): Promise<boolean>;
}

/** What the CMS gives out, for those who write it into files. */
export function createExporter({ strapi }: { strapi: Core.Strapi }): ServerExporter {
  const publications = () => getPublications(strapi);

  async function isKnownHash(collection: string, slug: string, hash: string): Promise<boolean> {
    if (await publications().isKnownText(collection, slug, hash)) return true;
    if (await getImportedFiles(strapi).isKnownText(collection, slug, hash)) return true;
    const shape = getShapes(strapi).getByCollection(collection);
    const versions = await strapi.db.query(shape.contentType as UID.ContentType).findMany({
      select: [shape.source],
      where: { [shape.slug]: slug },
    });
    return versions.some((version) => {
      const source: unknown = version[shape.source];
      return typeof source === 'string' && hashOf(source) === hash;
    });
  }

  return {
    async *texts(collection) {
      for await (const page of publications().snapshotOf(collection)) {
        for (const { slug, text } of page) {
          if (text !== null) yield { slug, text };
        }
      }
    },

    async departures(collection, slugs, { withDrafts = true } = {}): Promise<Departure[]> {
      const shape = getShapes(strapi).getByCollection(collection);
      const current = await publications().findCurrent(collection, slugs);
      const gone = current.filter(({ state }) => state === 'gone');
      const live = await publications().findLiveOf(gone.map(({ documentId }) => documentId));
      const kept = await strapi.db.query(shape.contentType as UID.ContentType).findMany({
        select: ['documentId'],
        where: { documentId: { $in: gone.map(({ documentId }) => documentId) } },
      });
      const departures = gone.map(({ slug, documentId }): Departure => {
        const isSame = (row: { documentId?: unknown }) => row.documentId === documentId;
        const renamedTo = live.find(isSame)?.slug;
        if (renamedTo !== undefined) return { slug, reason: 'renamed', renamedTo };
        return { slug, reason: kept.some(isSame) ? 'unpublished' : 'deleted' };
      });
      if (!withDrafts || !stateLeafOf(shape)) return departures;
      return Promise.all(
        departures.map(async (departure): Promise<Departure> => {
          if (departure.reason !== 'unpublished') return departure;
          const draft = await getDrafts(strapi).find(shape, departure.slug);
          return { ...departure, ...(draft && { draft: draft.text }) };
        })
      );
    },

    isKnownHash,
    isKnownText: (collection, slug, text) => isKnownHash(collection, slug, hashOf(text)),
  };
}

export const getExporter = serviceOf('exporter', createExporter);
