import { LINT_RULES } from './lint/rules';

/** Codes of all issues. A code is permanent: programs may rely on it. */
const CODES = [
  ...LINT_RULES,
  'alias-limit',
  'conflict',
  'departed',
  'draft-only',
  'duplicate-key',
  'duplicate-slug',
  'forbidden-character',
  'forbidden-key',
  'invalid-choice',
  'invalid-date',
  'invalid-json',
  'invalid-slug',
  'invalid-type',
  'invalid-value',
  'invalid-yaml',
  'merge-markers',
  'missing-frontmatter',
  'missing-key',
  'not-removed',
  'not-saved',
  'not-utf8',
  'not-written',
  'out-of-range',
  'outdated',
  'too-deep',
  'too-large',
  'too-long',
  'unclosed-frontmatter',
  'unknown-file',
  'unknown-slug',
  'unmoved-date',
  'unreadable',
  'unseen-changes',
] as const;
export type IssueCode = (typeof CODES)[number];
export const ISSUE_CODES: readonly IssueCode[] = CODES.toSorted();

/** An `error` rejects the file, a `note` does not. */
export type IssueSeverity = 'error' | 'note';

export interface Issue {
  code: IssueCode;
  severity: IssueSeverity;
  /** Dotted keys from the top of the frontmatter: `seo.keywords.3`. Empty for the whole file. */
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

/** Returns the line and column of an offset into the text of a file. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** @param path Keys from the top of the frontmatter; empty if the whole file is concerned. */
export const issueAt = (
  code: IssueCode,
  { line, column }: Position,
  message: string,
  {
    path = [],
    severity = 'error',
  }: { path?: readonly (string | number)[]; severity?: IssueSeverity } = {}
): Issue => ({ code, severity, path: path.join('.'), line, column, message });

/** Creates an issue that concerns the whole file. */
export const fileIssue = (
  code: IssueCode,
  message: string,
  severity: IssueSeverity = 'error'
): Issue => issueAt(code, START_OF_FILE, message, { severity });

export const hasErrors = (issues: readonly Issue[]): boolean =>
  issues.some((issue) => issue.severity === 'error');

/** Formats an issue as `backend.md:3:8 order: …`, which editors and CI logs turn into a link. */
export function formatIssue(file: string, issue: Issue): string {
  const note = issue.severity === 'note' ? 'note: ' : '';
  const path = issue.path ? `${issue.path}: ` : '';
  return escapeControls(`${file}:${issue.line}:${issue.column} ${note}${path}${issue.message}`);
}

/** Escapes control characters in names and texts of files, which a terminal would act on. */
export const escapeControls = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029]/gu, (character) =>
    character < ' '
      ? JSON.stringify(character).slice(1, -1)
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  );

export const byPosition = (a: Position, b: Position): number =>
  a.line - b.line || a.column - b.column;
