import type { Core, UID } from '@strapi/strapi';
import { omit } from 'es-toolkit';
import {
  endsOf,
  toLinkOrder,
  withFormChange,
  withRelationChange,
  type EntryField,
  type LinksField,
  type NamesField,
  type Shape,
  type StoredDocument,
} from '../../../../core';
import { unwrittenAttributes } from '../rendering/renderer';
import { serviceOf } from '../foundation/service-of';

type Related = StoredDocument & { documentId: string };

/** Builds the row that saving a panel form over a stored draft would produce. */
export function createFormRow({ strapi }: { strapi: Core.Strapi }) {
  const findRelated = async (
    uid: string,
    ids: readonly string[],
    populate: object | true = {}
  ): Promise<Related[]> => {
    if (ids.length === 0) return [];
    const found = (await strapi.db.query(uid as UID.ContentType).findMany({
      where: { documentId: { $in: [...ids] } },
      orderBy: { id: 'desc' }, // if a document has two rows, the older one is the draft
      ...(populate === true ? {} : populate),
    })) as Related[];
    const byId = new Map(found.map((entry) => [entry.documentId, entry]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  };

  return {
    /** @param draft Populated for the shape; `undefined` for a document that was never saved. */
    async withForm(
      shape: Shape,
      draft: StoredDocument | undefined,
      values: Readonly<Record<string, unknown>>
    ): Promise<StoredDocument> {
      const { attributes } = strapi.contentType(shape.contentType as UID.ContentType);
      const row: StoredDocument = { ...draft };
      for (const [name, value] of Object.entries(omit(values, unwrittenAttributes(shape)))) {
        const attribute = attributes[name];
        if (!attribute || attribute.type === 'relation') continue; // media files are sent whole
        row[name] = value;
      }
      for (const { attribute, field } of shape.leaves) {
        if (field.kind === 'value' || field.kind === 'state' || field.kind === 'media') continue;
        const name = attribute.join('.');
        const isSingle =
          field.kind === 'entry' || (field.kind === 'names' && (field as NamesField).isSingle);
        const { target } = field as NamesField | LinksField | EntryField;
        const before = ([draft?.[name] ?? []].flat() as Related[]).map((entry) => entry.documentId);
        const after = withFormChange(before, values[name], { isSingle });
        const ends = endsOf(values[name]);
        const isPlaced = ends.first.length + ends.last.length > 0;
        if (before.join() === after.join() && !isPlaced) continue;
        const { populate } = field;
        const related = await findRelated(target, after, populate);
        row[name] = isSingle ? (related[0] ?? null) : related;
        if (field.kind === 'links')
          keepOrder(row, field as LinksField, { before, after, related, ...ends });
      }
      return row;
    },
  };
}

/** Orders links as a save does: a link missing from the relation stays behind its predecessor. */
function keepOrder(
  row: StoredDocument,
  { orderAttribute, slugAttribute }: LinksField,
  {
    related,
    ...change
  }: { before: string[]; after: string[]; related: Related[]; first: string[]; last: string[] }
): void {
  const order = toLinkOrder(row[orderAttribute]) ?? change.before.map((id) => ({ id }));
  const slugs = new Map(related.map((entry) => [entry.documentId, String(entry[slugAttribute])]));
  const slugOf = (id: string) => slugs.get(id);
  row[orderAttribute] = withRelationChange(order, { ...change, slugOf });
}

export const getFormRow = serviceOf('form-row', createFormRow);
