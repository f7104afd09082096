import { isPlainObject } from 'es-toolkit';
import type { EntryField } from './fields/entry';
import type { Field } from './fields/field';
import { isEmpty, keysOf, meaningOf, type Values } from './meaning';
import type { FrontmatterData } from './read/parse';
import type { Shape } from './shape';
import { getAt, type Group, type KeyTree } from './tree';

/** Why the shape rejects what a file holds under one of its keys. */
export interface Refusal {
  /** Keys from the top of the frontmatter, including those within the value of a list or group. */
  path: readonly string[];
  message: string;
}

/**
 * Returns the part of a value that a key accepts; `undefined` if none. Checks a group key by key;
 * accepts an entry only if what is left of it is valid.
 */
export function acceptedPart(node: Field | Group, value: unknown): unknown {
  if (isEmpty(value)) return undefined;
  const keys = keysOf(node);
  if (!keys) return isAccepted(node as Field, value) ? value : undefined;
  if (!isPlainObject(value)) return undefined;
  const parts = Object.entries(keys).flatMap(([key, nested]): [string, unknown][] => {
    const part = Object.hasOwn(value, key) ? acceptedPart(nested, value[key]) : undefined;
    return part === undefined ? [] : [[key, part]];
  });
  if (parts.length === 0) return undefined;
  const accepted = Object.fromEntries(parts);
  return node.kind === 'group' || isAccepted(node as Field, accepted) ? accepted : undefined;
}

/**
 * Returns the shape without the keys whose lines in the source must stay as they are: the shape
 * rejects their values, and the document has none for them. An import rejects such a file, so the
 * key was added to the shape later, and its value could not be stored in the attribute.
 *
 * @returns The same object if there is no such key.
 */
export function withoutRejected(shape: Shape, data: FrontmatterData, wanted: FrontmatterData) {
  const keys = keptKeys(shape.keys, data, wanted);
  return keys === shape.keys ? shape : { ...shape, keys };
}

function keptKeys(keys: KeyTree, present: Values, wanted: Values): KeyTree {
  const kept = Object.entries(keys).flatMap(([key, node]): [string, Field | Group][] => {
    const found = Object.hasOwn(present, key) ? present[key] : undefined;
    const value = meaningOf(node, wanted[key]);
    const nested = keysOf(node);
    // The lines of an entry that is hidden or removed are removed as a whole.
    if (nested && isPlainObject(found) && (node.kind === 'group' || value !== undefined)) {
      const below = keptKeys(nested, found, (value ?? {}) as Values);
      return [[key, below === nested ? node : ({ ...node, keys: below } as EntryField | Group)]];
    }
    const isLeftAlone =
      value === undefined && !isEmpty(found) && acceptedPart(node, found) === undefined;
    return isLeftAlone ? [] : [[key, node]];
  });
  const isSame =
    kept.length === Object.keys(keys).length && kept.every(([key, node]) => keys[key] === node);
  return isSame ? keys : Object.fromEntries(kept);
}

/** Returns what the shape rejects of the values in a file. Skips leaves without a value. */
export function refusalsOf(shape: Shape, data: FrontmatterData): Refusal[] {
  const { error } = shape.schema.safeParse(data);
  return (error?.issues ?? []).flatMap(({ path, message }) => {
    const keys = path.map(String);
    const leaf = shape.leaves.find((each) => each.path.every((key, index) => key === keys[index]));
    return isEmpty(getAt(data, leaf?.path ?? keys)) ? [] : [{ path: keys, message }];
  });
}

const isAccepted = (field: Field, value: unknown): boolean => field.schema.safeParse(value).success;
