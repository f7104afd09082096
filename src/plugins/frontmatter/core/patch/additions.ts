import type { Pair } from 'yaml';
import { keyName } from '../read/positions';
import type { MapChange } from './compare';

/** A key to write next to one that stays. */
export interface Addition {
  key: string;
  value: unknown;
  anchor: Pair;
  /** Whether it comes before its anchor or after it. */
  isBefore: boolean;
}

/**
 * Finds the position of each new key of a mapping that is not empty: after the nearest kept
 * predecessor in the order of the shape, else before the nearest kept successor.
 */
export function placeAdditions(
  { map, changes, order }: MapChange,
  removed: ReadonlySet<unknown>
): Addition[] {
  const pairs = map.items as Pair[];
  const kept = pairs.filter((pair) => !removed.has(pair));
  const byKey = new Map(kept.map((pair) => [keyName(pair.key), pair]));
  return changes.flatMap((change): Addition[] => {
    if (change.kind !== 'add') return [];
    const { key, value } = change;
    const index = order.indexOf(key);
    const predecessor = order.slice(0, index).findLast((other) => byKey.has(other));
    const successor = order.slice(index + 1).find((other) => byKey.has(other));
    const after = predecessor !== undefined ? byKey.get(predecessor) : undefined;
    if (after) return [{ key, value, anchor: after, isBefore: false }];
    const before = successor !== undefined ? byKey.get(successor) : undefined;
    if (before) return [{ key, value, anchor: before, isBefore: true }];
    const last = kept.at(-1);
    if (last) return [{ key, value, anchor: last, isBefore: false }];
    return [{ key, value, anchor: pairs[0] as Pair, isBefore: true }];
  });
}
