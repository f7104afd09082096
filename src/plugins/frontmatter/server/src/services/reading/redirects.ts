import type { Core } from '@strapi/strapi';
import type { PublicationState } from '../../models';
import { getShapes } from '../foundation/shapes';
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
  /** The newest row of each slug; read beside all writes. */
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

    /** In order of collection and slug. */
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
