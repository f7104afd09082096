import { pascalCase } from 'es-toolkit';
import { z } from 'zod';
import type { Shape } from './shape';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What documents of a shape are called in schemas and types: `Post` for `api::post.post`. */
export const typeNameOf = ({ contentType }: Shape): string =>
  pascalCase(contentType.split('.').at(-1) ?? contentType);

/**
 * The frontmatter that readers get of a shape's documents, as JSON Schema (draft 2020-12). A key
 * that has no value in its file is `null`, and unknown keys are kept, so both pass.
 */
export const frontmatterSchema = (shape: Shape): JsonSchema => ({
  title: `${typeNameOf(shape)}Frontmatter`,
  description: `Frontmatter of a document in '${shape.collection}'. Keys that are not named here are kept and served as they are.`,
  ...z.toJSONSchema(shape.schema),
});
