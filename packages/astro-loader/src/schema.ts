import { z } from 'astro/zod';
import { readJson, type CmsOptions } from './cms.js';

/** The subset of JSON Schema with which the CMS describes frontmatter. */
export interface JsonSchema {
  type?: string | string[];
  anyOf?: JsonSchema[];
  enum?: unknown[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  description?: string;
}

/** Reads the schema of a collection's frontmatter from the CMS. */
export async function readSchema(cms: CmsOptions, collection: string): Promise<z.ZodTypeAny> {
  const path = `/schemas/${encodeURIComponent(collection)}.json`;
  return toZod(await readJson<JsonSchema>(cms, path));
}

/**
 * Converts a JSON Schema for Astro, which generates types from it. Converts only types: lengths,
 * patterns and limits were checked when the document was written.
 */
export function toZod(schema: JsonSchema): z.ZodTypeAny {
  const made = typeOf(schema);
  return schema.description === undefined ? made : made.describe(schema.description);
}

function typeOf({ type, anyOf, enum: values, properties, required, items }: JsonSchema) {
  if (anyOf) return unionOf(anyOf);
  if (Array.isArray(type)) return unionOf(type.map((one) => ({ type: one })));
  if (values) return literalsOf(values);
  switch (type) {
    case 'string':
      return z.string();
    case 'integer':
    case 'number':
      return z.number();
    case 'boolean':
      return z.boolean();
    case 'null':
      return z.null();
    case 'array':
      return z.array(items ? toZod(items) : z.unknown());
    case 'object':
      return objectOf(properties ?? {}, required ?? []);
    default:
      return z.unknown();
  }
}

const literalsOf = (values: readonly unknown[]): z.ZodTypeAny =>
  values
    .map((value): z.ZodTypeAny => z.literal(value as z.Primitive))
    .reduce((all, one) => all.or(one));

/** Converts a union, mostly of one type and `null`. */
function unionOf(schemas: readonly JsonSchema[]): z.ZodTypeAny {
  const [first = z.unknown(), ...others] = schemas.filter(({ type }) => type !== 'null').map(toZod);
  const union = others.reduce((all, one) => all.or(one), first);
  return schemas.some(({ type }) => type === 'null') ? union.nullable() : union;
}

/** Converts an object. Keys that the CMS does not know pass through. */
function objectOf(
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[]
): z.ZodTypeAny {
  const shape = Object.entries(properties).map(([key, property]): [string, z.ZodTypeAny] => {
    // A document older than its schema may have a value of another type: the page gets that value.
    const value = toZod(property).catch((failure: { input: unknown }) => failure.input);
    return [key, required.includes(key) ? value : value.optional()];
  });
  return z.object(Object.fromEntries(shape)).passthrough();
}
