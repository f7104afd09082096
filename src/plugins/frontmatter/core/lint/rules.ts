/** The rules of `lint`. Ids are permanent: configurations and issue codes use them. */
export const LINT_RULES = [
  /** A document links to another that does not link back. */
  'one-way-link',
  /** A slug that no document has. */
  'pending-link',
  /** A document that readers find in no list. */
  'hidden-link',
  /** A document that is not published: readers do not get the link. */
  'unpublished-link',
  /** The same item twice in a list. */
  'repeated-item',
  /** Two documents at the same position of a list. */
  'equal-order',
  'long-title',
  'long-description',
  'wrongly-decoded',
  'future-date',
  'invalid-url',
  'unknown-key',
] as const;
export type LintRule = (typeof LINT_RULES)[number];

export const isLintRule = (code: string): code is LintRule =>
  (LINT_RULES as readonly string[]).includes(code);

/** Approximate number of characters that search engines show of a title and of a description. */
export const MAX_TITLE_LENGTH = 60;
export const MAX_DESCRIPTION_LENGTH = 160;
