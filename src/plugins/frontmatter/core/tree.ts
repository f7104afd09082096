import { z } from 'zod';
import { describe, type DocumentContext, type Field, type Populate } from './fields/field';

/** Keys of a frontmatter in canonical order. A group nests keys, and stands for a component. */
export interface KeyTree {
  [key: string]: Field | Group;
}

export interface Group {
  kind: 'group';
  keys: KeyTree;
}

export interface Leaf {
  /** Keys from the top of the frontmatter. */
  path: readonly string[];
  /** Attributes from the document's root. */
  attribute: readonly string[];
  field: Field;
}

type Nested = Record<string, unknown>;

export const group = (keys: KeyTree): Group => ({ kind: 'group', keys });

/** Returns all fields of a tree, in canonical order. */
export function leavesOf(keys: KeyTree, parents: readonly string[] = []): Leaf[] {
  return Object.entries(keys).flatMap(([key, node]) => {
    const path = [...parents, key];
    if (node.kind === 'group') return leavesOf(node.keys, path);
    return [{ path, attribute: node.attribute?.split('.') ?? path, field: node }];
  });
}

export function getAt(source: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Nested | null | undefined)?.[key] ?? undefined,
    source
  );
}

export function setAt(target: Nested, path: readonly string[], value: unknown): void {
  const parents = path.slice(0, -1);
  const last = path.at(-1) as string; // a path has at least one key
  let parent = target;
  for (const key of parents) parent = (parent[key] ??= {}) as Nested;
  parent[last] = value;
}

/** Stored → frontmatter: absent keys are left out, and so are groups without any key. */
export function readKeys(keys: KeyTree, source: unknown, context: DocumentContext): Nested {
  const result: Nested = {};
  for (const { path, attribute, field } of leavesOf(keys)) {
    const value = field.parse(getAt(source, attribute), context);
    if (value !== undefined) setAt(result, path, value);
  }
  return result;
}

/**
 * Frontmatter → stored, for plain values: absent keys become `null`, and a component without any
 * value becomes `null` as a whole. Keys that are references are left to the importer.
 */
export function writeKeys(keys: KeyTree, frontmatter: unknown): Nested {
  const result: Nested = {};
  for (const { path, attribute, field } of leavesOf(keys)) {
    if (field.serialize) setAt(result, attribute, field.serialize(getAt(frontmatter, path)));
  }
  for (const [attribute, value] of Object.entries(result)) {
    if (isEmptyComponent(value)) result[attribute] = null;
  }
  return result;
}

function isEmptyComponent(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((part) => part === null || isEmptyComponent(part));
}

export function populateOf(keys: KeyTree): Record<string, Populate> {
  const result: Record<string, Populate> = {};
  for (const { attribute, field } of leavesOf(keys)) {
    const [root] = attribute;
    if (root === undefined) continue;
    const isComponent = attribute.length > 1;
    if (field.populate ?? isComponent) result[root] = field.populate ?? true;
  }
  return result;
}

/** Returns the zod schema of a tree. Unknown keys pass: `validate` reports them. */
export function schemaOf(keys: KeyTree): z.ZodType {
  const properties = Object.entries(keys).map(([key, node]) => {
    if (node.kind === 'group') return [key, schemaOf(node.keys).nullish()];
    const { schema, required, description } = node;
    const property = required ? requiredKey(key, schema) : schema.nullish();
    return [key, description === undefined ? property : property.meta({ description })];
  });
  return z.looseObject(Object.fromEntries(properties), {
    error: ({ input }) =>
      `expected a group of keys, found ${describe(input)}: write ${Object.keys(keys).slice(0, 3).join(', ')} … below it, indented`,
  });
}

/** Reports a missing key as such, before its field reports a wrong type. */
const requiredKey = (key: string, schema: z.ZodType): z.ZodType =>
  z
    .unknown()
    .superRefine((value, context) => {
      if (value !== undefined && value !== null) return;
      const message = `the key '${key}' is required and ${value === null ? 'has no value' : 'is missing'}: add it`;
      context.addIssue({ code: 'custom', message, params: { code: 'missing-key' } });
    })
    .pipe(schema);
