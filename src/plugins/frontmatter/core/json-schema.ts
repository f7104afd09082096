import { pascalCase } from 'es-toolkit';
import { z } from 'zod';
import type { Shape } from './shape';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Returns the name of a shape's documents in schemas and types: `Post` for `api::post.post`. */
export const typeNameOf = ({ contentType }: Shape): string =>
  pascalCase(contentType.split('.').at(-1) ?? contentType);

/**
 * Returns the JSON Schema (draft 2020-12) of the frontmatter that readers get. It allows `null`, as
 * a key without a value in its file is `null`, and unknown keys, as they are kept.
 */
export const frontmatterSchema = (shape: Shape): JsonSchema => ({
  title: `${typeNameOf(shape)}Frontmatter`,
  description: `Frontmatter of a document in '${shape.collection}'. Keys that are not named here are kept and served as they are.`,
  ...z.toJSONSchema(shape.schema),
});
