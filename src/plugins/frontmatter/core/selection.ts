import { isPlainObject } from 'es-toolkit';
import { closest } from 'fastest-levenshtein';
import type { EntryField } from './fields/entry';
import { quote } from './fields/field';
import type { FrontmatterData } from './read/parse';
import type { Shape } from './shape';
import { leavesOf, type KeyTree } from './tree';

/** The part of a document that a caller asks for. */
export interface Selection {
  /** Paths of keys from the top of the frontmatter; a group stands for all of its keys. */
  paths: readonly (readonly string[])[];
  /** Whether the markdown after the frontmatter is wanted as well. */
  body: boolean;
}

export type SelectionResult =
  { kind: 'selection'; selection: Selection } | { kind: 'refused'; message: string };

/** Name of the markdown after the frontmatter, used alongside the keys. */
const BODY = 'body';

/** @param names Dotted keys of the shape, or groups of them, and `body`. */
export function parseSelection(shape: Shape, names: readonly string[]): SelectionResult {
  const known = new Set([BODY, ...namesOf(shape.keys)]);
  const wrong = names.find((name) => !known.has(name));
  if (wrong !== undefined) {
    const message = `${quote(wrong)} is not a key of '${shape.collection}': did you mean '${closest(wrong, [...known])}'?`;
    return { kind: 'refused', message };
  }
  const paths = names.filter((name) => name !== BODY).map((name) => name.split('.'));
  return { kind: 'selection', selection: { paths, body: names.includes(BODY) } };
}

/** Returns the selected keys in the order of the data; empty if it has none of them. */
export function selectKeys(data: FrontmatterData, paths: Selection['paths']): FrontmatterData {
  const selected = Object.entries(data).flatMap(([key, value]): [string, unknown][] => {
    const own = paths.filter(([first]) => first === key).map(([, ...rest]) => rest);
    if (own.some((rest) => rest.length === 0)) return [[key, value]];
    if (own.length === 0 || !isPlainObject(value)) return [];
    const nested = selectKeys(value, own);
    return Object.keys(nested).length > 0 ? [[key, nested]] : [];
  });
  return Object.fromEntries(selected);
}

/** Returns the dotted names of all keys of a tree, including groups and keys of entries. */
function namesOf(keys: KeyTree): string[] {
  const leaves = leavesOf(keys).flatMap(({ path, field }) => {
    const nested = field.kind === 'entry' ? leavesOf((field as EntryField).keys) : [];
    return [path, ...nested.map((leaf) => [...path, ...leaf.path])];
  });
  return leaves.flatMap((path) => path.map((_, index) => path.slice(0, index + 1).join('.')));
}
