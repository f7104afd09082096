import { mapValues } from 'es-toolkit';
import type { ReferenceObject, SchemaObject } from 'openapi3-ts/oas31';
import { z } from 'zod';
import { frontmatterSchema, typeNameOf, type Shape } from '../../../core';
import { changesOf, commonSchemas, schemasOf } from '../../../shared/wire';

const PREFIX = '#/components/schemas/';

export const schemaRef = (name: string): ReferenceObject => ({ $ref: `${PREFIX}${name}` });

/** Returns the schemas of all wire types, with references among them: `PostFrontmatter`, … */
export function componentSchemas(shapes: readonly Shape[]): Record<string, SchemaObject> {
  const registry = z.registry<{ id: string }>();
  const add = (id: string, schema: z.ZodType) => registry.add(schema, { id });
  for (const [id, schema] of Object.entries(commonSchemas)) add(id, schema);
  const upserts = shapes.map((shape) => {
    const name = typeNameOf(shape);
    const { frontmatter, document, answer, entry, list, upsert } = schemasOf(shape);
    add(`${name}Frontmatter`, frontmatter);
    add(`${name}Document`, document);
    add(`${name}Answer`, answer);
    add(`${name}Entry`, entry);
    add(`${name}List`, list);
    add(`${name}Upsert`, upsert);
    return upsert;
  });
  add('Changes', changesOf(upserts));

  // As input: objects of a later version may have more keys.
  const { schemas } = z.toJSONSchema(registry, { io: 'input', uri: (id) => `${PREFIX}${id}` });
  const own = shapes.map((shape) => [`${typeNameOf(shape)}Frontmatter`, frontmatterSchema(shape)]);
  return mapValues({ ...schemas, ...Object.fromEntries(own) }, asComponent);
}

/** Drops `$schema` and `$id`: a component inherits the dialect, and its position is its id. */
function asComponent({ $schema: _dialect, $id: _id, ...schema }: z.core.JSONSchema.BaseSchema) {
  return schema as SchemaObject; // two types for the same JSON Schema
}
