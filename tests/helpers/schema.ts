import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { Cms } from './cms';

/** Loads a validator for the schema that the CMS serves for a collection. */
export async function loadValidator({ http }: Cms, collection: string): Promise<ValidateFunction> {
  const { text } = await http.get(`/api/frontmatter/schemas/${collection}.json`).buffer(true);
  return addFormats(new Ajv2020({ allErrors: true, allowUnionTypes: true })).compile(
    JSON.parse(text)
  );
}
