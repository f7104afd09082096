import type { EntryField } from './fields/entry';
import type { Field, StoredDocument } from './fields/field';
import { toLinkOrder } from './link-order';
import { isSameMeaning, itemOf, keysOf } from './meaning';
import type { FrontmatterData } from './read/parse';
import { acceptedPart, refusalsOf, type Refusal } from './rejected';
import type { Shape } from './shape';
import { getAt, group, leavesOf, type Group, type KeyTree, type Leaf } from './tree';

/** A value in a document's source under a key that was added to the shape later. */
export interface GainedValue {
  leaf: Leaf;
  value: unknown;
}

/** Values of the keys that an entry gained, if the document already shows the entry. */
export interface GainedEntryValues {
  /** The key of the entry. */
  leaf: Leaf;
  /** Leaves within the entry. */
  values: GainedValue[];
}

/** Returns the dotted paths of all leaves, also those in entries. Shapes are compared by them. */
export const keyPaths = (shape: Shape): string[] =>
  allLeaves(shape).map(({ path }) => path.join('.'));

function allLeaves({ keys }: { keys: KeyTree }, parents: readonly string[] = []): Leaf[] {
  return leavesOf(keys).flatMap((leaf) => {
    const path = [...parents, ...leaf.path];
    if (leaf.field.kind === 'entry') {
      return [{ ...leaf, path }, ...allLeaves(leaf.field as EntryField, path)];
    }
    const item = itemOf(leaf.field);
    return [{ ...leaf, path }, ...(item ? allLeaves(item, path) : [])];
  });
}

/**
 * Returns the values of gained keys that the source holds and the document lacks.
 *
 * @param gained Dotted paths of leaves, as `keyPaths` returns them.
 * @param document Populated.
 */
export function gainedValues(
  shape: Shape,
  gained: ReadonlySet<string>,
  data: FrontmatterData,
  document: StoredDocument
): GainedValue[] {
  return shape.leaves.flatMap((leaf) => {
    const value = acceptedPart(leaf.field, getAt(data, leaf.path));
    if (value === undefined) return [];
    const isFree = gained.has(leaf.path.join('.'))
      ? hasNoValue(leaf, document)
      : lacksItemKeys(leaf, gained, { value, document });
    return isFree ? [{ leaf, value }] : [];
  });
}

/** Whether the items of a list gained keys and otherwise equal the stored items. */
function lacksItemKeys(
  { path, attribute, field }: Leaf,
  gained: ReadonlySet<string>,
  { value, document }: { value: unknown; document: StoredDocument }
): boolean {
  const item = itemOf(field);
  if (!item || !Array.isArray(value)) return false;
  const isGained = (key: string) => gained.has([...path, key].join('.'));
  const before = Object.entries(item.keys).filter(([key]) => !isGained(key));
  if (before.length === Object.keys(item.keys).length) return false;
  const stored = field.parse(getAt(document, attribute), { document });
  const known = group(Object.fromEntries(before));
  return (
    Array.isArray(stored) &&
    stored.length === value.length &&
    stored.every((each, index) => isSameMeaning(known, each, value[index]))
  );
}

/** Returns the same as `gainedValues` for keys within entries that the shape knew before. */
export function gainedEntryValues(
  shape: Shape,
  gained: ReadonlySet<string>,
  data: FrontmatterData,
  document: StoredDocument
): GainedEntryValues[] {
  return shape.leaves.flatMap((leaf) => {
    const keys = leaf.field.kind === 'entry' && keysOf(leaf.field);
    const entry = getAt(document, leaf.attribute);
    if (!keys || !entry || gained.has(leaf.path.join('.'))) return [];
    const { overrides } = leaf.field as EntryField;
    const values = leavesOf(keys).flatMap((nested): GainedValue[] => {
      const path = [...leaf.path, ...nested.path];
      if (!gained.has(path.join('.'))) return [];
      const value = acceptedPart(nested.field, getAt(data, path));
      const stored = getAt(entry, nested.attribute);
      const own = document[overrides[nested.path.join('.')]?.attribute ?? ''];
      const isFree = !own && nested.field.parse(stored, { document }) === undefined;
      return value !== undefined && isFree ? [{ leaf: nested, value }] : [];
    });
    return values.length > 0 ? [{ leaf, values }] : [];
  });
}

function hasNoValue({ attribute, field }: Leaf, document: StoredDocument): boolean {
  const order = 'orderAttribute' in field && toLinkOrder(document[String(field.orderAttribute)]);
  if (order && order.length > 0) return false;
  return field.parse(getAt(document, attribute), { document }) === undefined;
}

/** Returns a shape with some of its leaves, by which `fromFrontmatter` splits a part of a file. */
export function withLeaves(shape: Shape, leaves: readonly Leaf[]): Shape {
  const wanted = new Set(leaves.map(({ path }) => path.join('.')));
  const keys = pick(shape.keys, wanted, []);
  return { ...shape, keys, leaves: leavesOf(keys) };
}

const pick = (keys: KeyTree, wanted: ReadonlySet<string>, parents: readonly string[]): KeyTree =>
  Object.fromEntries(
    Object.entries(keys).flatMap(([key, node]): [string, Field | Group][] => {
      const path = [...parents, key];
      if (node.kind !== 'group') return wanted.has(path.join('.')) ? [[key, node]] : [];
      const below = pick(node.keys, wanted, path);
      return Object.keys(below).length > 0 ? [[key, { ...node, keys: below } as Group]] : [];
    })
  );

/** Returns what a shape rejects at or below the keys that it gained, or at a group around them. */
export const gainedRejections = (
  shape: Shape,
  gained: ReadonlySet<string>,
  data: FrontmatterData
): Refusal[] =>
  refusalsOf(shape, data).filter(({ path }) => {
    const refused = path.join('.');
    return [...gained].some(
      (key) => key === refused || isBelow(key, refused) || isBelow(refused, key)
    );
  });

const isBelow = (path: string, parent: string): boolean => path.startsWith(`${parent}.`);
