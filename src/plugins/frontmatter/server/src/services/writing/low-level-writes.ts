import type { Core, UID } from '@strapi/strapi';
import type { Shape, StoredDocument } from '../../../../core';
import { getPendingLinks } from '../linking/pending-links';
import { getPublisher } from '../publishing/publisher';
import { getShapes } from '../foundation/shapes';
import { assertSlug } from '../foundation/slug-rules';
import { OF_A_REFERENCE } from '../publishing/publication-rows';
import { getWriteLock } from '../store/write-lock';
import { serviceOf } from '../foundation/service-of';

/** What Strapi hands to both hooks of a write; `state` is theirs. */
interface RowWrite {
  params: { where?: object };
  state: Record<string, unknown>;
}
const TOUCHED = 'touched';

/**
 * Follows writes below the Document Service, by `strapi.db.query()`: its rows are committed before
 * their lifecycle hooks run, so dates and publications come in a transaction of their own, at once.
 */
export function createLowLevelWrites({ strapi }: { strapi: Core.Strapi }) {
  const rows = (shape: Shape) => strapi.db.query(shape.contentType as UID.ContentType);

  async function followDocument(shape: Shape, documentId: string): Promise<void> {
    const versions = (await rows(shape).findMany({
      select: ['publishedAt', shape.slug],
      where: { documentId },
    })) as StoredDocument[];
    const kind = versions.length > 0 ? 'write' : 'delete';
    await getPublisher(strapi).publishChanges(shape, [documentId], { kind });
    const slugs = versions.flatMap((row) => (row['publishedAt'] ? String(row[shape.slug]) : []));
    await getPendingLinks(strapi).link(shape.contentType, slugs);
  }

  /** Documents that fit; none within the Document Service, which publishes what it writes itself. */
  async function findIds(uid: string, where: object): Promise<string[]> {
    if (getWriteLock(strapi).isHeld()) return [];
    const found = await strapi.db
      .query(uid as UID.ContentType)
      .findMany({ select: ['documentId'], where });
    return [...new Set(found.map(({ documentId }) => String(documentId)))];
  }

  /** Documents whose published row such a write may touch. */
  const findTouched = (shape: Shape, where: object | undefined): Promise<string[]> =>
    findIds(shape.contentType, { $and: [where ?? {}, { publishedAt: { $notNull: true } }] });

  async function followWrite(shape: Shape, documentIds: readonly string[]): Promise<void> {
    for (const documentId of documentIds) {
      await getWriteLock(strapi).run(() => followDocument(shape, documentId));
    }
  }

  /**
   * Follows writes to rows of one model: those of `holder` itself, or of a component that it has.
   * What is created is shown nowhere yet, and a condition may fit other rows after the write.
   *
   * @param within The rows of `holder` that such rows belong to.
   */
  function follow(model: string, holder: string, within: (where: object) => object): void {
    const shape = getShapes(strapi).findByContentType(holder);
    const before = async ({ params, state }: RowWrite) => {
      const where = within(params.where ?? {});
      state[TOUCHED] = await (shape ? findTouched(shape, where) : findIds(holder, where));
    };
    const after = async ({ state }: RowWrite) => {
      const ids = state[TOUCHED] as string[];
      if (shape) return followWrite(shape, ids);
      if (ids.length === 0) return;
      await getWriteLock(strapi).run(() =>
        getPublisher(strapi).publishOwners(holder, ids, OF_A_REFERENCE)
      );
    };
    strapi.db.lifecycles.subscribe({
      models: [model],
      beforeUpdate: before,
      afterUpdate: after,
      beforeUpdateMany: before,
      afterUpdateMany: after,
      beforeDelete: before,
      afterDelete: after,
      beforeDeleteMany: before,
      afterDeleteMany: after,
    });
  }

  return {
    findTouched,
    followWrite,

    /** Before such a write, which nothing else checks. @throws ValidationError at the slug. */
    assertSlugs(shape: Shape, data: object | object[] = []): void {
      if (getWriteLock(strapi).isHeld()) return;
      for (const row of [data].flat()) assertSlug(shape, (row as StoredDocument)[shape.slug]);
    },

    /** Follows what documents are made of; their own rows the application's `lifecycles.ts` follows. */
    followParts(): void {
      const shapes = getShapes(strapi);
      for (const holder of shapes.shownTypes()) {
        if (!shapes.findByContentType(holder)) follow(holder, holder, (where) => where);
        const { attributes } = strapi.getModel(holder as UID.ContentType);
        for (const [name, attribute] of Object.entries(attributes)) {
          if (attribute.type !== 'component') continue;
          follow(attribute.component, holder, (where) => ({
            [name]: { $and: [where, { id: { $notNull: true } }] },
          }));
        }
      }
    },
  };
}

export const getLowLevelWrites = serviceOf('low-level-writes', createLowLevelWrites);
