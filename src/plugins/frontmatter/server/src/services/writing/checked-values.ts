import type { Core } from '@strapi/strapi';
import { getAt, urlProblem, type Leaf, type TextField } from '../../../../core';
import { fieldError, type FieldProblem } from '../../../../kit/field-error';
import { isPanel } from '../foundation/request-state';

/**
 * Checks values that Strapi does not check, before they are written: databases store whole numbers
 * in 32 bits, and editors get an error for an invalid URL. Files and scripts may hold any text.
 *
 * @throws ValidationError at each field.
 */
export function assertValues(
  strapi: Core.Strapi,
  leaves: readonly Leaf[],
  data: Record<string, unknown>
): void {
  const context = strapi.requestContext.get();
  const isEditor = context !== undefined && isPanel(context);
  const problems = leaves.flatMap(({ attribute, field }): FieldProblem[] => {
    const value = getAt(data, attribute);
    const at = (message: string | undefined) => (message ? [{ path: attribute, message }] : []);
    if (field.name === 'integer' && typeof value === 'number') {
      return at(field.schema.safeParse(value).error?.issues[0]?.message);
    }
    const isUrl = (field as TextField).isUrl && typeof value === 'string' && value !== '';
    return isEditor && isUrl ? at(urlProblem(value)) : [];
  });
  if (problems.length > 0) throw fieldError(problems);
}
