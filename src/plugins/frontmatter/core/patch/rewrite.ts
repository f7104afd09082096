import type { Shape } from '../shape';
import type { KeyTree } from '../tree';
import { jsOf, keysOf, merged, type KeyChange, type MapChange, type Values } from './compare';
import type { Source } from './source';

/** The same change with every key of the top level that it concerns written anew as a whole. */
export function rewritten(
  shape: Shape,
  { document }: Source,
  change: MapChange,
  wanted: Values
): MapChange {
  const changes = change.changes.map((each): KeyChange => {
    const node = shape.keys[each.key];
    if (each.kind === 'add' || each.kind === 'remove' || !node) return each;
    const { key, pair } = each;
    const value = merged(node, jsOf(document, pair.value), wanted[key]);
    return { kind: 'rewrite', key, pair, value: value ?? null };
  });
  return { ...change, changes };
}

/** What a file holds under keys that the shape does not know, in a form that can be compared. */
export const unknownData = (shape: Shape, data: Values): string =>
  JSON.stringify(withoutKeys(shape.keys, data)) ?? '';

function withoutKeys(keys: KeyTree, data: unknown): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return undefined;
  const entries = Object.entries(data).flatMap(([key, value]): [string, unknown][] => {
    const node = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (!node) return [[key, value]];
    const nested = withoutKeys(keysOf(node) ?? {}, value);
    return keysOf(node) && nested !== undefined ? [[key, nested]] : [];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
