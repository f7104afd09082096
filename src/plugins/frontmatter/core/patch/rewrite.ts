import { unknownKeys, type Values } from '../meaning';
import type { Shape } from '../shape';
import { jsOf, merged, type KeyChange, type MapChange } from './compare';
import type { Source } from './source';

/** Returns the same change with every affected top-level key rewritten as a whole. */
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

/** The unknown keys of a file with their values, in a form that can be compared. */
export const unknownData = (shape: Shape, data: Values): string =>
  JSON.stringify(unknownKeys(shape.keys, data));
