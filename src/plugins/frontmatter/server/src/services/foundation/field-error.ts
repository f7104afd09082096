import { errors } from '@strapi/utils';

/** What is wrong with an attribute. */
export interface FieldProblem {
  path: readonly string[];
  message: string;
}

/** An error that the panel shows at its fields; one that names several is told at each. */
export function fieldError(problems: readonly FieldProblem[]): Error {
  const details = problems.map(({ path, message }) => ({
    path: [...path],
    message,
    name: 'ValidationError',
  }));
  const told = problems.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return new errors.ValidationError(told.join('; '), { errors: details });
}
