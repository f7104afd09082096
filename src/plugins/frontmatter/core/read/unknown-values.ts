import { isPlainObject } from 'es-toolkit';
import { z } from 'zod';
import type { Field } from '../fields/field';
import type { ListField } from '../fields/list';
import { isEmpty, itemOf, keysOf, type Values } from '../meaning';
import { group, type Group, type KeyTree } from '../tree';

/** A key that the shape does not know. */
const ANY: Field = {
  kind: 'value',
  name: 'any',
  storage: { types: [], declaration: {} },
  required: false,
  schema: z.unknown(),
  parse: (value) => value,
};

/** Adds to the keys of a shape the unknown ones whose values differ, so `patch` changes them. */
export function withUnknownKeys(keys: KeyTree, present: Values, wanted: Values): KeyTree {
  const all: KeyTree = { ...keys };
  for (const key of new Set([...Object.keys(present), ...Object.keys(wanted)])) {
    const known = Object.hasOwn(keys, key) ? keys[key] : undefined;
    const [before, after] = [own(present, key), own(wanted, key)];
    const nested = known && keysOf(known);
    const item = known && itemOf(known);
    if (item) {
      if (!isSame(before, after)) {
        const widened: ListField = {
          ...(known as ListField),
          itemKeys: allItemKeys(item, before, after),
        };
        all[key] = widened;
      }
      continue;
    }
    if (known && !nested) continue;
    if (nested || (isPlainObject(before) && isPlainObject(after))) {
      const inner = withUnknownKeys(nested ?? {}, valuesOf(before), valuesOf(after));
      const widened = known && { ...known, keys: inner };
      all[key] = widened ?? group(inner);
    } else if (!isSame(before, after)) {
      all[key] = ANY;
    }
  }
  return all;
}

/** The keys of an item, and all unknown keys of the items in some lists. */
const allItemKeys = ({ keys }: Group, ...lists: unknown[]): KeyTree =>
  lists
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .reduce<KeyTree>((all, item) => withUnknownKeys(all, {}, valuesOf(item)), keys);

/** Compares as JSON, regardless of the order of keys; an empty value equals an absent one. */
const isSame = (one: unknown, other: unknown): boolean =>
  (isEmpty(one) && isEmpty(other)) || sorted(one) === sorted(other);

const sorted = (value: unknown): string | undefined =>
  JSON.stringify(value, (_key, part: unknown) =>
    isPlainObject(part) ? Object.fromEntries(Object.entries(part).sort(byKey)) : part
  );

const byKey = ([one]: [string, unknown], [other]: [string, unknown]): number =>
  one < other ? -1 : 1;

const own = (values: Values, key: string): unknown =>
  Object.hasOwn(values, key) ? values[key] : undefined;

const valuesOf = (value: unknown): Values => (isPlainObject(value) ? value : {});
