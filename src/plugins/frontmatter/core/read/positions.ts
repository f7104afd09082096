import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Alias,
  type Document,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { START_OF_FILE, type Position } from '../issue';

export type FrontmatterPath = readonly (string | number)[];

/** Name of a key in the data of a file; empty for a key without a name, or `~`. */
export const keyName = (key: unknown): string => (isScalar(key) ? String(key.value ?? '') : '');

/** Returns line and column in the file for an offset into the text between its fences. */
export type Place = (offset: number) => Position;

/** Returns the position of a path, or of its nearest parent if it does not exist. */
export type Locator = (path: FrontmatterPath) => { key: Position; value: Position };

export function createLocator(document: Document.Parsed, place: Place): Locator {
  const indexes = new WeakMap<YAMLMap, Map<string, Pair>>();
  const indexOf = (map: YAMLMap): Map<string, Pair> => {
    const index = indexes.get(map) ?? new Map(map.items.map((pair) => [keyName(pair.key), pair]));
    indexes.set(map, index);
    return index;
  };
  // Each look-up walks the whole document.
  const resolved = new WeakMap<Alias, unknown>();
  const resolve = (alias: Alias): unknown => {
    if (!resolved.has(alias)) resolved.set(alias, alias.resolve(document));
    return resolved.get(alias);
  };
  const start = (node: unknown, fallback: Position): Position =>
    isNode(node) && node.range ? place(node.range[0]) : fallback;

  return (path) => {
    let node: unknown = document.contents;
    let key = START_OF_FILE;
    for (const step of path) {
      if (isAlias(node)) node = resolve(node);
      if (isMap(node)) {
        const pair = indexOf(node).get(String(step));
        if (!pair) return { key, value: key };
        key = start(pair.key, key);
        node = pair.value;
      } else if (isSeq(node)) {
        node = node.items[Number(step)];
        key = start(node, key);
      } else {
        return { key, value: key };
      }
    }
    const hasValue = path.length > 0 && !(isScalar(node) && node.value === null);
    return { key, value: hasValue ? start(node, key) : key };
  };
}
