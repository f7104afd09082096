import type { Core } from '@strapi/strapi';
import type { PublicationState } from '../../models';
import { getShapes } from '../foundation/shapes';
import { getPublications } from '../store/publications';
import { serviceOf } from '../foundation/service-of';

export interface Redirect {
  collection: string;
  /** A slug under which no document is published any longer. */
  from: string;
  /** The slug under which readers get the document now. */
  to: string;
}

/**
 * Redirects of renamed documents, directly to their current slug, unless another document has the
 * old one. Nothing redirects to an unpublished document.
 */
export function createRedirects({ strapi }: { strapi: Core.Strapi }) {
  /** Queries the newest row of each slug, without waiting for writes. */
  const rows = (collections: readonly string[]) => getPublications(strapi).current(collections);

  return {
    async find(collection: string, slug: string): Promise<Redirect | undefined> {
      const gone: Row | undefined = await rows([collection])
        .where({ slug, state: 'gone' })
        .first('document_id');
      if (!gone) return undefined;
      const live: Row | undefined = await rows([collection])
        .where({ document_id: gone.document_id, state: 'live' })
        .first('slug');
      return live && live.slug !== slug ? { collection, from: slug, to: live.slug } : undefined;
    },

    /** Returns all redirects, sorted by collection and slug. */
    async findAll(): Promise<Redirect[]> {
      const collections = getShapes(strapi)
        .all()
        .map((shape) => shape.collection);
      const all: Row[] = await rows(collections)
        .select('collection', 'slug', 'document_id', 'state')
        .orderBy(['collection', 'slug']);
      const live = all.filter(({ state }) => state === 'live');
      const slugs = new Map(live.map((row) => [row.document_id, row.slug]));
      return all.flatMap(({ collection, slug: from, document_id: id, state }) => {
        const to = slugs.get(id);
        return state === 'gone' && to !== undefined ? [{ collection, from, to }] : [];
      });
    },
  };
}

interface Row {
  collection: string;
  slug: string;
  document_id: string;
  state: PublicationState;
}

export const getRedirects = serviceOf('redirects', createRedirects);
