import { fileIssue, type Issue } from '../issue';

const BYTE_ORDER_MARK = '\uFEFF';
/** Only a line feed ends a line. With the flag `m`, `$` would also match at other line endings. */
const OPENING = /^---[ \t]*\r*(?:\n|$)/;
const CLOSING = /\n---[ \t]*\r*(?:\n|$)/g;

export type FencedText =
  | {
      kind: 'fenced';
      /** The lines between the fences, including line endings. */
      frontmatter: string;
      /** Number of lines before `frontmatter` in the file: the opening fence. */
      linesBefore: number;
      /** Everything after the line of the closing fence. */
      body: string;
    }
  | { kind: 'refused'; issue: Issue };

/**
 * Splits a markdown file at its fences: the first line and the next line that consists only of
 * `---`. A `---` inside a block scalar is indented, so it is never mistaken for a fence.
 */
export function splitFences(file: string): FencedText {
  const text = file.startsWith(BYTE_ORDER_MARK) ? file.slice(1) : file;
  const [opening] = OPENING.exec(text) ?? [];
  if (opening === undefined) {
    return refuse(
      'missing-frontmatter',
      'no frontmatter: the first line of the file must be --- alone'
    );
  }
  CLOSING.lastIndex = opening.length - 1;
  const closing = CLOSING.exec(text);
  if (closing) {
    return {
      kind: 'fenced',
      frontmatter: text.slice(opening.length, closing.index + 1),
      linesBefore: 1,
      body: text.slice(CLOSING.lastIndex),
    };
  }
  return refuse(
    'unclosed-frontmatter',
    'the frontmatter is never closed: add a line of --- alone after its last key'
  );
}

/** The unchanged lines between the fences of a file that `parse` accepts. */
export const frontmatterOfText = (file: string): string => fencedText(file).frontmatter;

/** The body of a file that `parse` accepts, with LF line endings. */
export const bodyOfText = (file: string): string => withLineFeeds(fencedText(file).body);

export const withLineFeeds = (text: string): string => text.replace(/\r\n?/g, '\n');

function fencedText(file: string): Extract<FencedText, { kind: 'fenced' }> {
  const split = splitFences(file);
  if (split.kind === 'fenced') return split;
  throw new Error(`Not a file with frontmatter: ${split.issue.message}`);
}

function refuse(code: 'missing-frontmatter' | 'unclosed-frontmatter', message: string): FencedText {
  return { kind: 'refused', issue: fileIssue(code, message) };
}
