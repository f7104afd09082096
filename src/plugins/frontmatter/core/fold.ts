/** Removes invisible differences: zero-width characters and different forms of one character. */
const withoutInvisible = (text: string): string =>
  text.replace(/[\u200B-\u200D\u2060\uFEFF]/g, '').normalize('NFC');

/** Folds plain text: a run of spaces or line breaks equals one space; at the ends it is removed. */
export function foldWhitespace(value: unknown): unknown {
  if (typeof value === 'string') {
    return withoutInvisible(value).trim().replace(/\s+/g, ' ') || undefined;
  }
  if (!Array.isArray(value)) return value ?? undefined;
  const items = value.map(foldWhitespace).filter((item) => item !== undefined);
  return items.length > 0 ? items : undefined;
}

/**
 * Two or more spaces at the end of a line are a hard break if text of the same paragraph follows:
 * not at the end of a heading, nor before a blank line, a heading, a list item, a quote or a fence.
 * https://spec.commonmark.org/0.31.2/#hard-line-breaks
 */
const HARD_BREAK =
  /^(?! {0,3}#{1,6} )(.*[^ \t\n]) {2,}(?=\n(?!\s*(?:\n|$|#{1,6} |[-*+>] |\d+[.)] |```|~~~)))/gm;
/** Placeholder for a hard break while other trailing spaces are removed; no text contains it. */
const BREAK = '\0';

/**
 * Folds markdown. Indentation, blank lines and hard line breaks have a meaning; the number of blank
 * lines, other trailing spaces and the kind of line ending do not.
 */
export function foldMarkdown(value: unknown): unknown {
  if (typeof value !== 'string') return undefined;
  const lines = withoutInvisible(value)
    .replace(/\r\n?/g, '\n')
    .replace(HARD_BREAK, `$1${BREAK}`)
    .replace(/(?<![ \t])[ \t]+$/gm, '') // without the lookbehind, long runs of spaces take minutes
    .replace(/\n{3,}/g, '\n\n');
  return lines.replace(/^\n+|\n+$/g, '') || undefined;
}
