import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Alias,
  type Document,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { isEqual, maxBy } from 'es-toolkit';
import type { Field } from '../fields/field';
import {
  isEmpty,
  isSameMeaning,
  isUniqueList,
  itemOf,
  keysOf,
  meaningOf,
  type Values,
} from '../meaning';
import { keyName } from '../read/positions';
import { withUnknownKeys } from '../read/unknown-values';
import type { Group, KeyTree } from '../tree';
import { diffList, withReplacements, type ListDiff } from './list-diff';
import { isExplicit } from './source';

/** The change to one key of the file. */
export type KeyChange =
  | { kind: 'add'; key: string; value: unknown }
  | { kind: 'remove'; key: string; pair: Pair }
  /** The key exists without a value, or with an empty one. */
  | { kind: 'fill'; key: string; pair: Pair; value: unknown }
  | { kind: 'scalar'; key: string; pair: Pair; value: Primitive; keepsPlain?: boolean }
  | { kind: 'list'; key: string; pair: Pair; list: YAMLSeq; diff: ListDiff }
  | { kind: 'items'; key: string; pair: Pair; list: YAMLSeq; diff: ItemsDiff }
  | { kind: 'map'; key: string; pair: Pair; change: MapChange }
  /** An alias to a collection that has to differ here: it has to be written out first. */
  | { kind: 'alias'; key: string; pair: Pair }
  /** A form too rare for edits within it: the key is rewritten with everything that it holds. */
  | { kind: 'rewrite'; key: string; pair: Pair; value: unknown };

export interface MapChange {
  map: YAMLMap;
  /** In the order of the shape. */
  changes: KeyChange[];
  /** All keys of the shape, in order. */
  order: readonly string[];
}

/** The changes to the items of a list of groups. */
export interface ItemsDiff extends Pick<ListDiff, 'removed'> {
  /** Wanted items by index of the source item that they follow; -1 for the beginning. */
  inserted: ReadonlyMap<number, readonly NewGroup[]>;
  /** By index of the source item whose keys change. */
  changed: ReadonlyMap<number, ChangedGroup>;
}

export interface ChangedGroup {
  change: MapChange;
  /** The whole item, in case it has to be rewritten. */
  value: Values;
}

/** A group to write: a new one, or a source item that moves. */
export interface NewGroup {
  value: Values;
  movedFrom?: number;
}

export type Primitive = string | number | boolean | null;

/** Compares by meaning: an empty value equals an absent one, and notation does not matter. */
export function compareMap(
  document: Document,
  keys: KeyTree,
  map: YAMLMap,
  wanted: Values
): MapChange | undefined {
  const pairs = new Map(map.items.map((pair) => [keyName(pair.key), pair as Pair]));
  const changes = Object.entries(keys).flatMap(([key, node]): KeyChange[] => {
    const value = Object.hasOwn(wanted, key) ? meaningOf(node, wanted[key]) : undefined;
    const pair = pairs.get(key);
    if (!pair) return isSameMeaning(node, undefined, value) ? [] : [{ kind: 'add', key, value }];
    const change = comparePair(document, node, { key, pair, value });
    if (!change) return [];
    const isRare = isExplicit(pair) && change.kind !== 'remove';
    if (!isRare) return [change];
    return [{ kind: 'rewrite', key, pair, value: merged(node, jsOf(document, pair.value), value) }];
  });
  return changes.length > 0 ? { map, changes, order: Object.keys(keys) } : undefined;
}

interface Target {
  key: string;
  pair: Pair;
  value: unknown;
}

function comparePair(
  document: Document,
  node: Field | Group,
  { key, pair, value }: Target
): KeyChange | undefined {
  const resolved = isAlias(pair.value) ? pair.value.resolve(document) : pair.value;
  const keys = keysOf(node);
  const item = itemOf(node);
  if (item && isListOfMaps(resolved) && value !== undefined) {
    const isSame = isSameMeaning(node, jsOf(document, resolved), value);
    return isSame ? undefined : compareItems(document, item, { key, pair, value }, resolved);
  }
  if (value !== undefined && isOtherKind(resolved, value)) {
    const isSame = isSameMeaning(node, jsOf(document, resolved), value);
    return isSame ? undefined : { kind: 'rewrite', key, pair, value };
  }
  if (keys && isMap(resolved) && resolved.items.length > 0) {
    const change = compareMap(document, keys, resolved, (value ?? {}) as Values);
    if (!change) return undefined;
    const removed = change.changes.filter(({ kind }) => kind === 'remove');
    const isEmptied = removed.length === resolved.items.length && value === undefined;
    if (isEmptied) return { kind: 'remove', key, pair };
    return isAlias(pair.value) ? { kind: 'alias', key, pair } : { kind: 'map', key, pair, change };
  }
  if (isSeq(resolved) && resolved.items.length > 0) {
    if (value === undefined) return { kind: 'remove', key, pair };
    return compareList(document, node, { key, pair, value }, resolved);
  }
  const present = jsOf(document, resolved);
  if (isSameMeaning(node, present, value)) return undefined;
  if (value === undefined) return { kind: 'remove', key, pair };
  if (isCollection(resolved) && resolved.items.length > 0) {
    return { kind: 'rewrite', key, pair, value };
  }
  if (present === null || typeof present === 'object' || typeof value === 'object') {
    return { kind: 'fill', key, pair, value };
  }
  const { writtenLike } = node as Field;
  const written = writtenLike ? writtenLike(value, present) : value;
  // Other readers also read a date without quotes as a date, so it has to stay plain.
  return {
    kind: 'scalar',
    key,
    pair,
    value: written as Primitive,
    ...(writtenLike && { keepsPlain: true }),
  };
}

/**
 * Whether edits within the present value cannot turn it into the wanted one: the key was added to
 * the shape later, or the shape does not know it.
 */
function isOtherKind(present: unknown, value: unknown): boolean {
  const isList = Array.isArray(value);
  if (isScalar(present)) return !isEmpty(present.value) && typeof value === 'object';
  if (isSeq(present)) {
    const hasParts = present.items.some(isCollection);
    return present.items.length > 0 && (!isList || hasParts || value.some(isObject));
  }
  return isMap(present) && present.items.length > 0 && (isList || typeof value !== 'object');
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

function compareList(
  document: Document,
  node: Field | Group,
  { key, pair, value }: Target,
  list: YAMLSeq
): KeyChange | undefined {
  const items = list.items.map((item) => jsOf(document, item) as string);
  if (isSameMeaning(node, items, value)) return undefined;
  const isUnique = isUniqueList(node);
  const diff = diffList(items, value as string[], { isUnique });
  if (!diff) return undefined;
  if (isAlias(pair.value)) return { kind: 'alias', key, pair };
  // A corrected text stays in place; an exchanged name is a different item.
  return {
    kind: 'list',
    key,
    pair,
    list,
    diff: isUnique ? diff : withReplacements(diff, items.length),
  };
}

/** Excludes flow lists that hold pairs without braces: these have no range of their own to edit. */
const isListOfMaps = (node: unknown): node is YAMLSeq =>
  isSeq(node) &&
  node.items.length > 0 &&
  node.items.every(
    (item) =>
      isMap(item) &&
      (item.srcToken?.type === 'block-map' || item.srcToken?.type === 'flow-collection')
  );

/** Matches items with the same meaning; items that change between them change in place. */
function compareItems(
  document: Document,
  item: Group,
  { key, pair, value }: Target,
  list: YAMLSeq
): KeyChange | undefined {
  const maps = list.items as YAMLMap[];
  const wanted = value as Values[];
  const textOf = createTextOf(item);
  const diff = diffList(
    maps.map((map) => textOf(jsOf(document, map))),
    wanted.map(textOf),
    { isUnique: false }
  );
  if (!diff) return undefined;
  if (isAlias(pair.value)) return { kind: 'alias', key, pair };
  const byText = new Map(wanted.map((group) => [textOf(group), group]));
  const groupOf = (text: string) => byText.get(text) ?? {};

  const changed = new Map<number, ChangedGroup>();
  const removed = new Set(diff.removed);
  const inserted = new Map<number, NewGroup[]>();
  for (const [start, items] of diff.inserted) {
    let after = start;
    for (const { value: text, ...place } of items) {
      const group = groupOf(text);
      const index = place.movedFrom === undefined ? nextLike(group, after) : undefined;
      if (index === undefined) {
        const moved = place.movedFrom === undefined ? undefined : maps[place.movedFrom];
        const whole = moved ? merged(item, jsOf(document, moved), group) : group;
        const news = { value: (whole ?? {}) as Values, ...place };
        inserted.set(after, [...(inserted.get(after) ?? []), news]);
        continue;
      }
      const map = maps[index] as YAMLMap;
      // Unknown keys are part of the edit of an item, too.
      const keys = withUnknownKeys(item.keys, {}, group);
      const change = compareMap(document, keys, map, group);
      const whole = merged({ ...item, keys }, jsOf(document, map), group) as Values | undefined;
      if (change) {
        changed.set(index, { change: afterFirstKey(change), value: whole ?? {} });
      }
      removed.delete(index);
      after = index;
    }
  }
  return { kind: 'items', key, pair, list, diff: { removed, inserted, changed } };

  /**
   * The next item between two kept ones that shares a value with the wanted one. Otherwise the item
   * that follows directly: it was edited.
   */
  function nextLike(group: Values, after: number): number | undefined {
    for (let index = after + 1; removed.has(index); index += 1) {
      const present = meaningOf(item, jsOf(document, maps[index])) as Values | undefined;
      const isLike = Object.entries(present ?? {}).some(([name, part]) =>
        isEqual(part, group[name])
      );
      if (isLike) return index;
    }
    const next = after + 1;
    return removed.has(next) && maps[next]?.items.length ? next : undefined;
  }
}

/** Moves new keys of an item behind its first key, which is on the line of the hyphen. */
function afterFirstKey(change: MapChange): MapChange {
  const [first] = change.map.items as Pair[];
  const name = first && keyName(first.key);
  if (change.map.flow || name === undefined) return change;
  return { ...change, order: [name, ...change.order.filter((key) => key !== name)] };
}

/** Returns a function that maps items with the same meaning to the same text. */
function createTextOf(item: Group): (group: unknown) => string {
  const known = new Map<string, unknown>();
  return (group) => {
    const meaning = meaningOf(item, group) ?? {};
    const text = JSON.stringify(meaning);
    if (known.has(text)) return text;
    const same = [...known].find(([, other]) => isSameMeaning(item, other, meaning));
    if (!same) known.set(text, meaning);
    return same?.[0] ?? text;
  };
}

export function jsOf(document: Document, node: unknown): unknown {
  if (isScalar(node)) return node.value;
  if (node === null || node === undefined) return null;
  return (node as Alias).toJS(document) ?? null;
}

/** Returns the wanted value together with the unknown keys of the source. */
export function merged(node: Field | Group, present: unknown, value: unknown): unknown {
  const item = itemOf(node);
  if (item && Array.isArray(present) && Array.isArray(value))
    return mergedItems(item, present, value);
  const keys = keysOf(node);
  if (!keys || typeof present !== 'object' || present === null) return value;
  const wanted = (value ?? {}) as Values;
  const result: Values = {};
  for (const [key, old] of Object.entries(present)) {
    const known = Object.hasOwn(keys, key) ? keys[key] : undefined;
    const part = known ? merged(known, old, wanted[key]) : old;
    if (part !== undefined) result[key] = part;
  }
  for (const key of Object.keys(keys)) {
    if (wanted[key] !== undefined) result[key] ??= wanted[key];
  }
  return Object.keys(result).length > 0 ? result : undefined;
}

/**
 * Merges each wanted item with the unknown keys of the source item with the same meaning, else of
 * the most similar one, else of the one at its position.
 */
function mergedItems(
  item: Group,
  present: readonly unknown[],
  wanted: readonly unknown[]
): unknown[] {
  const isSame = (old: unknown) => (value: unknown) => isSameMeaning(item, old, value);
  const free = new Set(present.filter((old) => !wanted.some(isSame(old))));
  const likeOf = (value: unknown): unknown => {
    const like = maxBy([...free], (old) => sharedValues(old, value));
    return like !== undefined && sharedValues(like, value) > 0 ? like : undefined;
  };
  return wanted.map((value, index) => {
    const old = present[index];
    const same = isSame(old)(value) ? old : present.find((each) => isSame(each)(value));
    const inPlace = present.length === wanted.length && free.has(old) ? old : undefined;
    const source = same ?? likeOf(value) ?? inPlace;
    free.delete(source);
    return merged(item, source, value);
  });
}

const sharedValues = (one: unknown, other: unknown): number =>
  Object.entries((one ?? {}) as Values).filter(([key, value]) =>
    isEqual(value, (other as Values | undefined)?.[key])
  ).length;
