import type { Core, UID } from '@strapi/strapi';
import { sortBy } from 'es-toolkit';
import {
  toLinkOrder,
  type EntryField,
  type LinkOrder,
  type NamesField,
  type Shape,
  type StoredDocument,
} from '../../../../core';
import { REFERENCE, type Publication, type ReferenceRow } from '../../models';
import { getPublications } from './publications';
import { serviceOf } from '../foundation/service-of';

type KeptRow = ReferenceRow & { id: number };
type Target = { documentId?: string } | null | undefined;

/** The table of which published documents show or link which others. */
export function createReferences({ strapi }: { strapi: Core.Strapi }) {
  const query = () => strapi.db.query(REFERENCE.uid as UID.Schema);

  /** Finds those of the given owners whose rows are out of date. */
  async function findStale(
    shape: Shape,
    ownerIds: readonly string[],
    linkedRows: readonly StoredDocument[]
  ): Promise<{ ownerId: string; kept: KeptRow[]; wanted: ReferenceRow[] }[]> {
    const kept = (await query().findMany({
      where: { ownerId: { $in: [...ownerIds] } },
      orderBy: { id: 'asc' },
    })) as KeptRow[];
    const wanted = new Map(
      linkedRows.map((row) => [String(row['documentId']), referencesOf(shape, row)])
    );
    return ownerIds
      .map((ownerId) => ({
        ownerId,
        kept: kept.filter((row) => row.ownerId === ownerId),
        wanted: wanted.get(ownerId) ?? [],
      }))
      .filter((owner) => owner.kept.map(comparable).join() !== owner.wanted.map(comparable).join());
  }

  /** Finds published documents, of any collection, that show or link one of the given documents. */
  async function ownersOf(
    targetType: string,
    targetIds: readonly string[]
  ): Promise<ReferenceRow[]> {
    if (targetIds.length === 0) return [];
    return (await query().findMany({
      select: ['collection', 'ownerId'],
      where: { targetType, targetId: { $in: [...targetIds] } },
    })) as ReferenceRow[];
  }

  /** Finds what readers get of other documents that show or link one of the given ones; by slug. */
  async function publishedOwners(
    targetType: string,
    targetIds: readonly string[]
  ): Promise<Publication[]> {
    const owners = await ownersOf(targetType, targetIds);
    const others = owners.flatMap(({ ownerId }) => (targetIds.includes(ownerId) ? [] : ownerId));
    const live = await getPublications(strapi).findLiveOf([...new Set(others)]);
    return sortBy(live, ['slug']);
  }

  return {
    findStale,
    ownersOf,
    publishedOwners,

    /**
     * Finds the other published documents that link a published one, to warn anyone who is about to
     * unpublish or delete it; by slug.
     */
    async publishedLinking(
      shape: Shape,
      documentId: string
    ): Promise<{ slug: string; documentId: string }[]> {
      if ((await getPublications(strapi).findLiveOf([documentId])).length === 0) return [];
      const owners = await publishedOwners(shape.contentType, [documentId]);
      return owners.map(({ slug, documentId }) => ({ slug, documentId }));
    },

    /** Makes the rows of some owners match their published rows; an unpublished owner gets none. */
    async rewrite(
      shape: Shape,
      ownerIds: readonly string[],
      linkedRows: readonly StoredDocument[]
    ): Promise<void> {
      const stale = await findStale(shape, ownerIds, linkedRows);
      const removed = stale.flatMap(({ kept }) => kept.map(({ id }) => id));
      const added = stale.flatMap(({ wanted }) => wanted);
      if (removed.length > 0) await query().deleteMany({ where: { id: { $in: removed } } });
      if (added.length > 0) await query().createMany({ data: added });
    },
  };
}

const comparable = ({ path, position, targetType, targetId, slug }: ReferenceRow): string =>
  JSON.stringify([path, position, targetType, targetId ?? null, slug ?? null]);

function referencesOf(shape: Shape, row: StoredDocument): ReferenceRow[] {
  const ownerId = String(row['documentId']);
  return shape.leaves.flatMap(({ path, attribute, field }) => {
    if (field.kind === 'value' || field.kind === 'state') return [];
    const { target: targetType } = field as NamesField | EntryField;
    const targets =
      'orderAttribute' in field
        ? fromOrder(toLinkOrder(row[String(field.orderAttribute)]) ?? [])
        : fromRelation(row[attribute.join('.')]);
    return targets.map((target, position): ReferenceRow => ({
      collection: shape.collection,
      ownerId,
      path: path.join('.'),
      position,
      targetType,
      ...target,
    }));
  });
}

const fromOrder = (order: LinkOrder) =>
  order.map((entry) =>
    'id' in entry ? { targetId: entry.id, slug: null } : { targetId: null, slug: entry.slug }
  );

const fromRelation = (stored: unknown) =>
  ([stored].flat() as Target[]).flatMap((target) =>
    target?.documentId ? [{ targetId: target.documentId, slug: null }] : []
  );

export const getReferences = serviceOf('references', createReferences);
