import { isEqual } from 'es-toolkit';
import type { EntryField } from './fields/entry';
import type { Field } from './fields/field';
import type { ListField } from './fields/list';
import { group, type Group, type KeyTree } from './tree';

/** Values by key, as a file holds them. */
export type Values = Record<string, unknown>;

export const keysOf = (node: Field | Group): KeyTree | undefined =>
  node.kind === 'group' || node.kind === 'entry' ? (node as EntryField).keys : undefined;

/** Whether repeats in a list have no meaning. */
export const isUniqueList = (node: Field | Group): boolean =>
  node.kind === 'names' || node.kind === 'links';

/** Returns the keys of each item, if the value is a list of groups. */
export function itemOf(node: Field | Group): Group | undefined {
  const { itemKeys } = node as ListField;
  return itemKeys && group(itemKeys);
}

export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.values(value).length === 0;
}

/** Returns what a value says about keys of the shape, in its order; `undefined` if nothing. */
export function meaningOf(node: Field | Group, value: unknown): unknown {
  if (isEmpty(value)) return undefined;
  const keys = keysOf(node);
  return keys ? valuesOf(keys, value as Values) : value;
}

function valuesOf(keys: KeyTree, values: Values): Values | undefined {
  const entries = Object.entries(keys).flatMap(([key, node]): [string, unknown][] => {
    const part = Object.hasOwn(values, key) ? meaningOf(node, values[key]) : undefined;
    return part === undefined ? [] : [[key, part]];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/**
 * Whether two values of a key mean the same: an empty value equals an absent one. Unknown keys do
 * not count, nor do repeats in a list where they have no meaning.
 */
export function isSameMeaning(node: Field | Group, one: unknown, other: unknown): boolean {
  const [a, b] = [meaningOf(node, one), meaningOf(node, other)];
  if (node.kind !== 'group' && node.isSame) return node.isSame(a, b);
  if (a === undefined || b === undefined) return a === b;
  const keys = keysOf(node);
  if (keys) {
    return Object.entries(keys).every(([key, nested]) =>
      isSameMeaning(nested, (a as Values)[key], (b as Values)[key])
    );
  }
  if (!Array.isArray(a) || !Array.isArray(b)) return isEqual(a, b);
  const [items, others] = [itemsOf(node, a), itemsOf(node, b)];
  const item = itemOf(node);
  const isSame = item
    ? (x: unknown, y: unknown) => isSameMeaning(item, x, y)
    : (x: unknown, y: unknown) => isEqual(x, y);
  return items.length === others.length && items.every((x, index) => isSame(x, others[index]));
}

const itemsOf = (node: Field | Group, list: readonly unknown[]): readonly unknown[] =>
  isUniqueList(node) ? [...new Set(list)] : list;

/** Returns path and value of each key that the shape does not know, in the order of the data. */
export function unknownKeys(
  keys: KeyTree,
  data: unknown,
  parents: readonly string[] = []
): (readonly [path: readonly string[], value: unknown])[] {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return [];
  return Object.entries(data).flatMap(([key, value]) => {
    const path = [...parents, key];
    const node = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (!node) return [[path, value] as const];
    const nested = keysOf(node);
    return nested ? unknownKeys(nested, value, path) : [];
  });
}
