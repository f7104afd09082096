import { z } from 'astro/zod';
import { readJson, type CmsOptions } from './cms.js';

/** The part of JSON Schema with which the CMS describes frontmatter. */
export interface JsonSchema {
  type?: string | string[];
  anyOf?: JsonSchema[];
  enum?: unknown[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  description?: string;
}

/** What the frontmatter of a collection looks like, as the CMS says it. */
export async function readSchema(cms: CmsOptions, collection: string): Promise<z.ZodTypeAny> {
  const path = `/schemas/${encodeURIComponent(collection)}.json`;
  return toZod(await readJson<JsonSchema>(cms, path));
}

/**
 * A JSON Schema for Astro, which makes types of it. Only what is a type is taken over: lengths,
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

/** Of one type and `null`, mostly. */
function unionOf(schemas: readonly JsonSchema[]): z.ZodTypeAny {
  const [first = z.unknown(), ...others] = schemas.filter(({ type }) => type !== 'null').map(toZod);
  const union = others.reduce((all, one) => all.or(one), first);
  return schemas.some(({ type }) => type === 'null') ? union.nullable() : union;
}

/** Keys that the CMS does not know pass. */
function objectOf(
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[]
): z.ZodTypeAny {
  const shape = Object.entries(properties).map(([key, property]): [string, z.ZodTypeAny] => {
    // A document that is older than its schema may hold a value of another type: the page gets that.
    const value = toZod(property).catch((failure: { input: unknown }) => failure.input);
    return [key, required.includes(key) ? value : value.optional()];
  });
  return z.object(Object.fromEntries(shape)).passthrough();
}
