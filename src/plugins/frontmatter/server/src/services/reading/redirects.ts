import type { Core, UID } from '@strapi/strapi';
import { PUBLICATION, type Publication } from '../../models';
import { getPublications } from '../store/publications';
import { serviceOf } from '../foundation/service-of';

export interface Redirect {
  collection: string;
  /** A slug that no document has any more. */
  from: string;
  /** The one under which readers get the document now. */
  to: string;
}

/**
 * Where renamed documents are found: straight at their present slug, as long as no other document has
 * the old one. Nothing leads to what is not published.
 */
export function createRedirects({ strapi }: { strapi: Core.Strapi }) {
  const findRows = (where: Partial<Publication>) =>
    strapi.db.query(PUBLICATION.uid as UID.Schema).findMany({
      select: ['collection', 'slug', 'documentId'],
      where: { ...where, isCurrent: true },
      orderBy: ['collection', 'slug'],
    }) as Promise<Pick<Publication, 'collection' | 'slug' | 'documentId'>[]>;

  return {
    async find(collection: string, slug: string): Promise<Redirect | undefined> {
      const publications = getPublications(strapi);
      const [current] = await publications.findCurrent(collection, [slug]);
      if (current?.state !== 'gone') return undefined;
      const [live] = await publications.findLiveOf([current.documentId]);
      return live && { collection, from: slug, to: live.slug };
    },

    /** In order of collection and slug. */
    async findAll(): Promise<Redirect[]> {
      const live = await findRows({ state: 'live' });
      const slugs = new Map(live.map(({ documentId, slug }) => [documentId, slug]));
      const gone = await findRows({ state: 'gone' });
      return gone.flatMap(({ collection, slug: from, documentId }) => {
        const to = slugs.get(documentId);
        return to === undefined ? [] : [{ collection, from, to }];
      });
    },
  };
}

export const getRedirects = serviceOf('redirects', createRedirects);
