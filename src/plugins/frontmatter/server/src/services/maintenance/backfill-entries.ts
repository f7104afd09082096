import { isDeepStrictEqual } from 'node:util';
import type { Core, UID } from '@strapi/strapi';
import {
  acceptedPart,
  getAt,
  parse,
  setAt,
  type EntryField,
  type FrontmatterData,
  type GainedEntryValues,
  type Leaf,
  type Shape,
} from '../../../../core';
import { createRowBackfill, type Row } from './backfill-rows';
import { getShapes } from '../foundation/shapes';

/** Fills keys that an entry gained, such as an author's, from the documents that show it. */
export function createEntryBackfill({ strapi }: { strapi: Core.Strapi }) {
  const filler = createRowBackfill({ strapi });
  /** Document ids of copies, by target, copied entry and values. */
  const copies = new Map<string, string>();

  /** Whether every row that shows the entry has the same values in its source. */
  async function isAgreed(entry: Row, { leaf, values }: GainedEntryValues): Promise<boolean> {
    const { target } = leaf.field as EntryField;
    for (const shape of getShapes(strapi).all()) {
      for (const other of shape.leaves.filter((each) => isEntryOf(each, target))) {
        const owners = await strapi.db.query(shape.contentType as UID.ContentType).findMany({
          select: ['id', shape.source],
          where: { [other.attribute.join('.')]: { id: entry.id } },
        });
        const says = (source: unknown) =>
          values.every(({ leaf: nested, value }) => {
            const found = getAt(dataOf(source), [...other.path, ...nested.path]);
            return isDeepStrictEqual(acceptedPart(nested.field, found), value);
          });
        if (!owners.every((owner) => says(owner[shape.source]))) return false;
      }
    }
    return true;
  }

  /** Returns a copy of the entry with its window and name, created once for each set of values. */
  async function copyOf(target: string, entry: Row, values: Record<string, unknown>) {
    const key = JSON.stringify([target, entry.documentId, values]);
    const existing = copies.get(key);
    if (existing) return existing;
    const { documentId } = entry;
    const cloned = await strapi.documents(target as UID.ContentType).clone({ documentId });
    const id = String(cloned?.entries[0]?.documentId);
    const copy = await strapi.db
      .query(target as UID.ContentType)
      .findOne({ where: { documentId: id }, populate: true });
    await filler.fillAttributes(target, copy as Row, values);
    copies.set(key, id);
    return id;
  }

  return {
    /** Fills the entry itself if all rows that show it agree. Otherwise gives this row a copy. */
    async fill(shape: Shape, row: Row, gained: GainedEntryValues): Promise<void> {
      const attribute = gained.leaf.attribute.join('.');
      const { target, overrides } = gained.leaf.field as EntryField;
      const own: Record<string, unknown> = {};
      const shared: Record<string, unknown> = {};
      for (const { leaf, value } of gained.values) {
        const override = overrides[leaf.path.join('.')];
        if (override) own[override.attribute] = value;
        else setAt(shared, leaf.attribute, leaf.field.serialize?.(value));
      }
      await filler.fillAttributes(shape.contentType, row, own);
      if (Object.keys(shared).length === 0) return;
      const entry = row[attribute] as Row;
      const values = gained.values.filter(({ leaf }) => !overrides[leaf.path.join('.')]);
      if (await isAgreed(entry, { leaf: gained.leaf, values })) {
        await filler.fillAttributes(target, entry, shared);
        return;
      }
      const copy = await copyOf(target, entry, shared);
      await filler.fillRelation(shape.contentType, row, { attribute, target }, [copy]);
    },
  };
}

export type EntryBackfill = ReturnType<typeof createEntryBackfill>;

const isEntryOf = ({ field }: Leaf, target: string): boolean =>
  field.kind === 'entry' && (field as EntryField).target === target;

function dataOf(source: unknown): FrontmatterData {
  const result = typeof source === 'string' ? parse(source) : undefined;
  return result?.kind === 'parsed' ? result.file.data : {};
}
