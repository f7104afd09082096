import type { z } from 'zod';
import { errors, type ApplicationError } from './strapi-utils';

/** What is wrong with a part of a body or a document, without the value: it may be a secret. */
export interface FieldProblem {
  path: readonly string[];
  message: string;
}

/** Creates an error that names each wrong field, so that the panel shows it there. Status 400. */
export function fieldError(problems: readonly FieldProblem[]): ApplicationError {
  const details = problems.map(({ path, message }) => ({
    path: [...path],
    message,
    name: 'ValidationError',
  }));
  return new errors.ValidationError(problems.map(formatProblem).join('; '), { errors: details });
}

/** `filter.tags: …` */
export const formatProblem = ({ path, message }: FieldProblem): string =>
  path.length > 0 ? `${path.join('.')}: ${message}` : message;

/** @throws ValidationError that names each wrong field. */
export function parseFields<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw fieldError(result.error.issues.flatMap(problemsOf));
}

/** Converts an issue; each unknown key becomes a problem with its own path. */
function problemsOf(issue: z.core.$ZodIssue): FieldProblem[] {
  const path = issue.path.map(String);
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
  return issue.keys.map((key) => ({ path: [...path, key], message: 'is not known: remove it' }));
}
