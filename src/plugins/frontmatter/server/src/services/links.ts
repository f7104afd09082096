import type { Core, UID } from '@strapi/strapi';
import {
  linkedIds,
  linkPending,
  pendingSlugs,
  toLinkOrder,
  withRelationChange,
  type LinkOrder,
  type LinksField,
  type Shape,
  type StoredDocument,
} from '../../../core';
import { getService } from '../plugin-id';
import { linksOf } from './renderer';

type Row = StoredDocument & { id: number; documentId: string; publishedAt: string | null };
type Links = ReturnType<typeof linksOf>[number];

/** How a stored order looks that has a pending slug; ids are objects with another key. */
const HAS_PENDING = '%"slug"%';

/** Keeps the order of a document's links, and Strapi's relation of its draft, in step. */
export function createLinks({ strapi }: { strapi: Core.Strapi }) {
  const rows = (uid: string) => strapi.db.query(uid as UID.ContentType);

  const findDraft = (shape: Shape, documentId: string, { attribute, field }: Links) =>
    rows(shape.contentType).findOne({
      select: ['id', field.orderAttribute],
      where: { documentId, publishedAt: { $null: true } },
      populate: { [attribute]: { select: ['documentId', field.slugAttribute] } },
    }) as Promise<Row | null>;

  /** By `updateMany`, which leaves `updatedAt` alone: the panel would call the document modified. */
  async function saveOrder(shape: Shape, id: number, field: LinksField, order: LinkOrder) {
    await rows(shape.contentType).updateMany({
      where: { id },
      data: { [field.orderAttribute]: order },
    });
  }

  /** Sets a row's relation from its order; a draft links drafts, a published row published ones. */
  async function alignRelation(
    shape: Shape,
    { id, publishedAt }: Pick<Row, 'id' | 'publishedAt'>,
    { attribute, field }: Links,
    order: LinkOrder
  ): Promise<void> {
    const targets = (await rows(field.target).findMany({
      select: ['id', 'documentId'],
      where: {
        documentId: { $in: linkedIds(order) },
        publishedAt: publishedAt ? { $notNull: true } : { $null: true },
      },
    })) as Row[];
    const rowIds = new Map(targets.map((target) => [target.documentId, target.id]));
    const set = linkedIds(order).flatMap((target) => rowIds.get(target) ?? []);
    await strapi.db.transaction(({ trx }) =>
      strapi.db.entityManager.updateRelations(
        shape.contentType as UID.ContentType,
        id,
        { [attribute]: { set: set.map((rowId) => ({ id: rowId })) } },
        { transaction: trx }
      )
    );
  }

  /** Ids of documents by slug, whether it is that of the draft or of the published version. */
  async function idsBySlug(field: LinksField, slugs: readonly string[]) {
    if (slugs.length === 0) return new Map<string, string>();
    const found = (await rows(field.target).findMany({
      select: ['documentId', field.slugAttribute],
      where: { [field.slugAttribute]: { $in: [...slugs] } },
    })) as Row[];
    return new Map(found.map((row) => [String(row[field.slugAttribute]), row.documentId]));
  }

  /** Rows of both versions whose order has pending slugs, with the columns it takes to link them. */
  async function findPending(shape: Shape, { field }: Links) {
    const { tableName, attributes } = strapi.db.metadata.get(shape.contentType);
    const { columnName } = attributes[field.orderAttribute] as { columnName: string };
    const found: Record<string, unknown>[] = await strapi.db.transaction(({ trx }) =>
      strapi.db
        .getConnection(tableName)
        .transacting(trx)
        .select('id', 'document_id', 'published_at', columnName)
        .whereRaw('cast(?? as text) like ?', [columnName, HAS_PENDING])
    );
    return found.map((row) => {
      const stored = row[columnName];
      return {
        id: Number(row['id']),
        documentId: String(row['document_id']),
        publishedAt: row['published_at'] as string | null,
        order: toLinkOrder(typeof stored === 'string' ? JSON.parse(stored) : stored) ?? [],
      };
    });
  }

  return {
    idsBySlug,

    /**
     * Runs a write of a draft, and then changes the order by what it changed in the relation: a
     * form that was loaded earlier tells nothing about pending slugs, and does not lose them.
     */
    async keepOrder<T extends { documentId: string } | null>(
      shape: Shape,
      documentId: string | undefined,
      data: Record<string, unknown>,
      write: () => Promise<T>
    ): Promise<T> {
      const touched = linksOf(shape).filter(({ attribute }) => changesRelation(data[attribute]));
      const before = new Map<string, Row | null>();
      for (const links of touched) {
        before.set(links.attribute, documentId ? await findDraft(shape, documentId, links) : null);
      }
      const written = await write();
      if (!written) return written;
      for (const links of touched) {
        const { attribute, field } = links;
        const draft = await findDraft(shape, written.documentId, links);
        if (!draft) continue;
        const old = before.get(attribute);
        const targets = relationOf(draft, attribute);
        const oldIds = old ? relationOf(old, attribute).map((target) => target.documentId) : [];
        const order = toLinkOrder(draft[field.orderAttribute]) ?? oldIds.map((id) => ({ id }));
        const slugs = new Map(
          targets.map((target) => [target.documentId, String(target[field.slugAttribute])])
        );
        const changed = withRelationChange(order, {
          before: oldIds,
          after: targets.map((target) => target.documentId),
          slugOf: (id) => slugs.get(id),
        });
        if (changed !== order) await saveOrder(shape, draft.id, field, changed);
      }
      return written;
    },

    /** After a discard: Strapi's copy of the published relation lacks what is not published. */
    async restoreDraft(shape: Shape, documentId: string): Promise<void> {
      for (const links of linksOf(shape)) {
        const draft = await findDraft(shape, documentId, links);
        const order = draft && toLinkOrder(draft[links.field.orderAttribute]);
        if (order) await alignRelation(shape, { ...draft, publishedAt: null }, links, order);
      }
    },

    /**
     * Links the pending slugs that have a document by now, in drafts and published rows.
     *
     * @param slugs Only these; without them, all.
     */
    async linkPending(target: string, slugs?: readonly string[]): Promise<void> {
      for (const shape of getService(strapi, 'shapes').all()) {
        const owners = new Set<string>();
        for (const links of linksOf(shape).filter(({ field }) => field.target === target)) {
          const pending = await findPending(shape, links);
          const wanted = pending
            .flatMap(({ order }) => pendingSlugs(order))
            .filter((slug) => !slugs || slugs.includes(slug));
          const ids = await idsBySlug(links.field, [...new Set(wanted)]);
          for (const row of pending) {
            const order = linkPending(row.order, (slug) => ids.get(slug));
            if (order === row.order) continue;
            await saveOrder(shape, row.id, links.field, order);
            await alignRelation(shape, row, links, order);
            if (row.publishedAt) owners.add(row.documentId);
          }
        }
        const cause = { kind: 'other', reason: 'reference' } as const;
        await getService(strapi, 'publisher').settle(shape, [...owners], cause);
      }
    },
  };
}

const relationOf = (row: Row, attribute: string): Row[] => (row[attribute] ?? []) as Row[];

/** The panel sends empty lists of what to connect and disconnect for every relation of a form. */
function changesRelation(value: unknown): boolean {
  if (value === undefined) return false;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return true;
  return Object.values(value).some((part) => !Array.isArray(part) || part.length > 0);
}
