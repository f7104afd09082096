import { isPlainObject } from 'es-toolkit';
import type { FrontmatterData } from './read/parse';

/**
 * Returns the sorted dotted paths of keys whose values differ between two frontmatters. Compares
 * lists as a whole, and groups key by key, even if only one side has the group.
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
