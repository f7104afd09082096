import type { Field } from '../fields/field';
import { text } from '../fields/values';
import { isSameMeaning, meaningOf } from '../meaning';
import type { FrontmatterData } from '../read/parse';
import type { Shape } from '../shape';
import { getAt, group, setAt } from '../tree';

/** The meaning of a text: no unknown keys, no empty values. */
export interface Content {
  value: FrontmatterData;
  /** With LF line endings. */
  body: string;
}

/** A unit of the merge: one leaf of the shape, or the body. */
export interface Part {
  /** Keys from the top of the frontmatter; for the body, the attribute that holds it. */
  path: readonly string[];
  field: Field;
  /** Whether it is the date of the last change, which each side sets by itself. */
  isModifiedDate: boolean;
  get(content: Content): unknown;
  set(content: Content, value: unknown): void;
}

export function partsOf(shape: Shape): Part[] {
  const leaves = shape.leaves.map(({ path, attribute, field }): Part => ({
    path,
    field,
    isModifiedDate: attribute.join('.') === shape.dates?.modified,
    get: ({ value }) => getAt(value, path),
    set: (content, value) => setAt(content.value, path, value),
  }));
  const body: Part = {
    path: [shape.body],
    field: text(),
    isModifiedDate: false,
    get: (content) => content.body,
    set: (content, value) => (content.body = value as string),
  };
  return [...leaves, body];
}

export const isSamePart = (part: Part, one: Content, other: Content): boolean =>
  isSameMeaning(part.field, part.get(one), part.get(other));

export const differingParts = (parts: readonly Part[], one: Content, other: Content): Part[] =>
  parts.filter((part) => !isSamePart(part, one, other));

export const contentOf = (
  shape: Shape,
  { data, body }: { data: FrontmatterData; body: string }
): Content => ({
  value: (meaningOf(group(shape.keys), data) ?? {}) as FrontmatterData,
  body,
});

/** Composes a content, taking each part from the chosen one, in the order of the shape. */
export function composed(parts: readonly Part[], choose: (part: Part) => Content): Content {
  const content: Content = { value: {}, body: '' };
  for (const part of parts) {
    const value = part.get(choose(part));
    if (value !== undefined) part.set(content, value);
  }
  return content;
}
