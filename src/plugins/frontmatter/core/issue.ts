/** What can be found in a file. A code is permanent: programs may rely on it. */
export const ISSUE_CODES = [
  'alias-limit',
  'conflict',
  'departed',
  'draft-only',
  'duplicate-key',
  'duplicate-slug',
  'equal-order',
  'forbidden-character',
  'forbidden-key',
  'future-date',
  'hidden-link',
  'invalid-choice',
  'invalid-date',
  'invalid-json',
  'invalid-slug',
  'invalid-type',
  'invalid-url',
  'invalid-value',
  'invalid-yaml',
  'long-description',
  'long-title',
  'merge-markers',
  'missing-frontmatter',
  'missing-key',
  'not-removed',
  'not-saved',
  'not-utf8',
  'not-written',
  'one-way-link',
  'out-of-range',
  'pending-link',
  'repeated-item',
  'too-deep',
  'too-large',
  'too-long',
  'unclosed-frontmatter',
  'unknown-file',
  'unknown-key',
  'unknown-slug',
  'unmoved-date',
  'unpublished-link',
  'unreadable',
  'unseen-changes',
  'wrongly-decoded',
] as const;
export type IssueCode = (typeof ISSUE_CODES)[number];

/** An `error` keeps the file out, a `note` does not. */
export type IssueSeverity = 'error' | 'note';

export interface Issue {
  code: IssueCode;
  severity: IssueSeverity;
  /** Keys from the top of the frontmatter, dotted: `seo.keywords.3`. Empty where the file as a whole is meant. */
  path: string;
  /** 1-based. */
  line: number;
  /** 1-based, in UTF-16 code units. */
  column: number;
  /** What is wrong and what to do, in one sentence without a full stop. */
  message: string;
}

export interface Position {
  line: number;
  column: number;
}

export const START_OF_FILE: Position = { line: 1, column: 1 };

/** Line and column of an offset into the text of a file. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** @param path Keys from the top of the frontmatter; none where the file as a whole is meant. */
export const issueAt = (
  code: IssueCode,
  { line, column }: Position,
  message: string,
  {
    path = [],
    severity = 'error',
  }: { path?: readonly (string | number)[]; severity?: IssueSeverity } = {}
): Issue => ({ code, severity, path: path.join('.'), line, column, message });

/** An issue of a file as a whole. */
export const fileIssue = (
  code: IssueCode,
  message: string,
  severity: IssueSeverity = 'error'
): Issue => issueAt(code, START_OF_FILE, message, { severity });

export const hasErrors = (issues: readonly Issue[]): boolean =>
  issues.some((issue) => issue.severity === 'error');

/** `backend.md:3:8 order: expected a whole number …`, the form that editors and CI logs turn into links. */
export function formatIssue(file: string, issue: Issue): string {
  const note = issue.severity === 'note' ? 'note: ' : '';
  const path = issue.path ? `${issue.path}: ` : '';
  return escapeControls(`${file}:${issue.line}:${issue.column} ${note}${path}${issue.message}`);
}

/** A line ends up in terminals, where control characters of a file's name or text would act. */
export const escapeControls = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029]/gu, (character) =>
    character < ' '
      ? JSON.stringify(character).slice(1, -1)
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  );

export const byPosition = (a: Position, b: Position): number =>
  a.line - b.line || a.column - b.column;
