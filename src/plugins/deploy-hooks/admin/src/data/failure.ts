/** What is wrong with one setting according to the server; `path` is like `filter.tags.0`. */
export interface FieldProblem {
  path: string;
  message: string;
}

export interface Failure {
  message: string;
  problems: FieldProblem[];
}

interface Answered {
  message: string;
  response?: {
    data?: { error?: { details?: { errors?: { path?: string[] | string; message: string }[] } } };
  };
}

/** Reads what the server says about a failed request. */
export function readFailure(failure: unknown): Failure {
  const { message, response } = failure as Answered;
  const errors = response?.data?.error?.details?.errors ?? [];
  return {
    message,
    problems: errors.map((error) => ({
      path: [error.path ?? []].flat().join('.'),
      message: error.message,
    })),
  };
}

/** Returns the reason for a failure in one line. */
export function reasonOf(failure: unknown): string {
  const { message, problems } = readFailure(failure);
  return problems.length > 0 ? problems.map((problem) => problem.message).join('; ') : message;
}

/** Whether a problem concerns a field, or something in it. */
export const concerns = (field: string, { path }: FieldProblem): boolean =>
  path === field || path.startsWith(`${field}.`);
