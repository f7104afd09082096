import { isPlainObject } from 'es-toolkit';
import type { FrontmatterData } from './read/parse';

/**
 * Dotted paths of the keys whose values differ between two frontmatters, sorted. Groups are gone
 * through, lists are compared as a whole. A group that only one of them has counts by its keys.
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
