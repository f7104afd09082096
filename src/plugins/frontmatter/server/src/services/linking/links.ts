import type { Core, UID } from '@strapi/strapi';
import {
  endsOf,
  linkedIds,
  toLinkOrder,
  withRelationChange,
  withSlugs,
  type LinkOrder,
  type LinksField,
  type Shape,
  type StoredDocument,
} from '../../../../core';
import { linksOf } from '../rendering/renderer';
import { getShapes } from '../foundation/shapes';
import { serviceOf } from '../foundation/service-of';

type Row = StoredDocument & { id: number; documentId: string; publishedAt: string | null };
type Links = ReturnType<typeof linksOf>[number];

/** Keeps the order of a document's links in sync with Strapi's relation of its draft. */
export function createLinks({ strapi }: { strapi: Core.Strapi }) {
  const rows = (uid: string) => strapi.db.query(uid as UID.ContentType);

  const findDraft = (shape: Shape, documentId: string, { attribute, field }: Links) =>
    rows(shape.contentType).findOne({
      select: ['id', field.orderAttribute],
      where: { documentId, publishedAt: { $null: true } },
      populate: { [attribute]: { select: ['id', 'documentId', field.slugAttribute] } },
    }) as Promise<Row | null>;

  /** Uses `updateMany` to keep `updatedAt`: otherwise the panel shows the document as modified. */
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

  /**
   * Finds ids of documents by slug, that of the draft or of the published version. The document
   * that is published under a slug takes precedence over a draft that got the slug meanwhile.
   */
  async function idsBySlug(field: LinksField, slugs: readonly string[]) {
    if (slugs.length === 0) return new Map<string, string>();
    const found = (await rows(field.target).findMany({
      select: ['documentId', field.slugAttribute, 'publishedAt'],
      where: { [field.slugAttribute]: { $in: [...slugs] } },
      orderBy: { id: 'asc' },
    })) as Row[];
    // If a slug occurs twice, the later row wins.
    found.sort((a, b) => Number(Boolean(a.publishedAt)) - Number(Boolean(b.publishedAt)));
    return new Map(found.map((row) => [String(row[field.slugAttribute]), row.documentId]));
  }

  return {
    idsBySlug,
    saveOrder,
    alignRelation,

    /**
     * Runs a write of a draft, and then applies its changes of the relation to the order: a form
     * that was loaded earlier knows nothing about pending slugs, and must not lose them.
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
      if (!written?.documentId) return written; // there was nothing to update or clone
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
        const { first, last } = endsOf(data[attribute]);
        const changed = withRelationChange(order, {
          before: oldIds,
          after: targets.map((target) => target.documentId),
          slugOf: (id) => slugs.get(id),
          first: idsNamed(targets, first),
          last: idsNamed(targets, last),
        });
        if (changed !== order) await saveOrder(shape, draft.id, field, changed);
      }
      return written;
    },

    /**
     * Saves the order of links before a publication: an order that was never written is that of the
     * relation. The published row needs one, since its relation gains links of its draft when their
     * targets are published.
     */
    async noteOrder(shape: Shape, documentId: string): Promise<void> {
      for (const links of linksOf(shape)) {
        const { attribute, field } = links;
        const draft = await findDraft(shape, documentId, links);
        if (!draft || toLinkOrder(draft[field.orderAttribute])) continue;
        const order = relationOf(draft, attribute).map((target) => ({ id: target.documentId }));
        await saveOrder(shape, draft.id, field, order);
      }
    },

    /**
     * Restores links to a document after its draft was discarded: Strapi copies the links of
     * *published* rows to that document into the drafts of these rows, including links that an
     * author has since removed or moved there.
     */
    async restoreOwners(target: string, documentId: string): Promise<void> {
      for (const shape of getShapes(strapi).all()) {
        for (const links of linksOf(shape).filter(({ field }) => field.target === target)) {
          const { attribute, field } = links;
          const owners = (await rows(shape.contentType).findMany({
            select: ['id', field.orderAttribute],
            where: { publishedAt: { $null: true }, [attribute]: { documentId } },
            populate: { [attribute]: { select: ['documentId'] } },
          })) as Row[];
          for (const owner of owners) {
            const order = toLinkOrder(owner[field.orderAttribute]);
            const ids = relationOf(owner, attribute).map((entry) => entry.documentId);
            if (!order || isSequenceOf(ids, order)) continue;
            await alignRelation(shape, { id: owner.id, publishedAt: null }, links, order);
          }
        }
      }
    },

    /** Links a row without links to the documents with some slugs; `updatedAt` stays. */
    async fillOrder(
      shape: Shape,
      row: Pick<Row, 'id' | 'publishedAt'>,
      links: Links,
      slugs: readonly string[]
    ): Promise<void> {
      const ids = await idsBySlug(links.field, slugs);
      const order = withSlugs([], {
        wanted: slugs,
        idOf: (slug) => ids.get(slug),
        isVisible: () => false,
      });
      await saveOrder(shape, row.id, links.field, order);
      await alignRelation(shape, row, links, order);
    },

    /**
     * Restores the links of a draft after a discard: Strapi's copy of the published relation lacks
     * links to unpublished documents.
     */
    async restoreDraft(shape: Shape, documentId: string): Promise<void> {
      for (const links of linksOf(shape)) {
        const draft = await findDraft(shape, documentId, links);
        const order = draft && toLinkOrder(draft[links.field.orderAttribute]);
        if (order) await alignRelation(shape, { ...draft, publishedAt: null }, links, order);
      }
    },
  };
}

const relationOf = (row: Row, attribute: string): Row[] => (row[attribute] ?? []) as Row[];

/** Returns ids of the targets that a write names, by document id or row id. */
const idsNamed = (targets: readonly Row[], named: readonly string[]): string[] =>
  targets
    .filter(({ id, documentId }) => named.includes(documentId) || named.includes(String(id)))
    .map(({ documentId }) => documentId);

/** Whether a relation contains only links of an order, in the same sequence. */
function isSequenceOf(ids: readonly string[], order: LinkOrder): boolean {
  const wanted = linkedIds(order).filter((id) => ids.includes(id));
  return wanted.length === ids.length && wanted.every((id, index) => id === ids[index]);
}

/**
 * Whether a value changes a relation: the panel sends empty lists to connect and disconnect for
 * every relation of a form.
 */
function changesRelation(value: unknown): boolean {
  if (value === undefined) return false;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return true;
  return Object.values(value).some((part) => !Array.isArray(part) || part.length > 0);
}

export const getLinks = serviceOf('links', createLinks);
