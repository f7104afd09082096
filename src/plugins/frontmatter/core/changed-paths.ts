import { isPlainObject } from 'es-toolkit';
import type { FrontmatterData } from './read/parse';

/**
 * Returns the sorted dotted paths of the keys whose values differ between two frontmatters.
 * Compares groups key by key and lists as a whole. A group that only one side has is listed by its
 * keys.
 */
export function changedPaths(before: FrontmatterData, after: FrontmatterData): string[] {
  const old = flatten(before);
  const now = flatten(after);
  const paths = new Set([...old.keys(), ...now.keys()]);
  return [...paths].filter((path) => old.get(path) !== now.get(path)).sort();
}

function flatten(
  value: unknown,
  path: readonly string[] = [],
  into = new Map<string, string>()
): Map<string, string> {
  if (isPlainObject(value)) {
    for (const [key, nested] of Object.entries(value)) flatten(nested, [...path, key], into);
  } else {
    into.set(path.join('.'), JSON.stringify(value ?? null));
  }
  return into;
}
