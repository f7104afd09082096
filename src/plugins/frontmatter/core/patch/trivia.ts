import { groupBy } from 'es-toolkit';
import { Scalar, visit } from 'yaml';
import { lineStart, nextLine, rangeOf, type Source } from './source';
import { remove, type Splice } from './splice';

/** Column of the first character of the line at `start`; `undefined` if the line is blank. */
function columnOf(yaml: string, start: number): number | undefined {
  const column = yaml.slice(start, nextLine(yaml, start + 1)).search(/[^ \t\r\n]/);
  return column === -1 ? undefined : column;
}

/** Column of the comment at `start`, which must be the beginning of a line between two entries. */
function commentColumn(yaml: string, start: number): number | undefined {
  const column = columnOf(yaml, start);
  return column !== undefined && yaml[start + column] === '#' ? column : undefined;
}

/**
 * Where the comment lines directly above an entry begin. A comment that is indented further
 * belongs to the previous entry.
 *
 * @param floor End of what precedes, so that no line of a text is mistaken for a comment.
 */
export function commentStart(
  yaml: string,
  entryStart: number,
  column: number,
  floor: number
): number {
  let start = lineStart(yaml, entryStart);
  while (start > floor) {
    const above = lineStart(yaml, start - 1);
    const comment = commentColumn(yaml, above);
    if (above < floor || comment === undefined || comment > column) break;
    start = above;
  }
  return start;
}

/** End of the comment lines that follow an entry and are indented further than it. */
export function trailingEnd(
  yaml: string,
  entryEnd: number,
  column: number,
  { acrossBlankLines }: { acrossBlankLines: boolean }
): number {
  let end = nextLine(yaml, entryEnd);
  for (let line = end; line < yaml.length; line = nextLine(yaml, line + 1)) {
    const isBlank = columnOf(yaml, line) === undefined;
    if (isBlank && acrossBlankLines) continue;
    const comment = commentColumn(yaml, line);
    if (comment === undefined || comment <= column) break;
    end = nextLine(yaml, line + 1);
  }
  return end;
}

/** If blank lines force a deeper indentation than this, a block scalar reads worse than quotes. */
const MAX_BLANK_COLUMN = 8;

/**
 * Minimum column for the lines of a block scalar that ends at `end`: comments right of that column
 * and spaces in blank lines would become part of the text. `Infinity` if no block scalar is
 * possible: a tab in a blank line after one is an error.
 */
export function blockColumnAfter(yaml: string, end: number): number {
  let deepest = 0;
  let isEnded = false;
  const start = end === 0 ? 0 : nextLine(yaml, end);
  for (let line = start; line < yaml.length; line = nextLine(yaml, line + 1)) {
    const comment = commentColumn(yaml, line);
    if (comment === undefined && columnOf(yaml, line) !== undefined) break;
    if (comment !== undefined) isEnded = true;
    // Only blank lines directly below a block scalar belong to it.
    const column = comment === undefined ? (isEnded ? 0 : blankColumn(yaml, line)) : comment + 1;
    deepest = Math.max(deepest, column);
  }
  return deepest;
}

/** Number of spaces in a blank line; `Infinity` for a tab or too many spaces. */
function blankColumn(yaml: string, start: number): number {
  const blank = /[ \t]*/y;
  blank.lastIndex = start;
  const spaces = blank.exec(yaml)?.[0] ?? '';
  return spaces.includes('\t') || spaces.length > MAX_BLANK_COLUMN ? Infinity : spaces.length;
}

function blankLinesEnd(yaml: string, start: number): number {
  let end = start;
  while (end < yaml.length && columnOf(yaml, end) === undefined) end = nextLine(yaml, end + 1);
  return end;
}

/**
 * Removes the lines of an entry, from `start` to the comments directly below it that are indented
 * further. Such comments beyond a blank line stay, but move to the column of the entry: otherwise
 * they would become text of a block scalar before them.
 */
export function entryRemoval(
  yaml: string,
  { start, end, column }: { start: number; end: number; column: number }
): Splice[] {
  const linesEnd = trailingEnd(yaml, end, column, { acrossBlankLines: false });
  const commentsEnd = trailingEnd(yaml, end, column, { acrossBlankLines: true });
  const splices = [remove(start, linesEnd)];
  for (let line = linesEnd; line < commentsEnd; line = nextLine(yaml, line + 1)) {
    const comment = commentColumn(yaml, line);
    if (comment !== undefined) splices.push(remove(line + column, line + comment));
  }
  return splices;
}

/**
 * Blank lines that follow a block scalar once entries between them are removed would become part of
 * its text. Removes them if it keeps trailing ones (`|+`), otherwise only their spaces.
 */
export function blankLineRemovals(
  { yaml, document }: Source,
  splices: readonly Splice[]
): Splice[] {
  const byStart = groupBy(splices, ({ start }) => start);
  const removals = splices
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start);
  let seen = 0;
  let removedTo = 0;
  const ends = new Map<number, 'kept' | 'dropped'>();
  visit(document, {
    Scalar(_, scalar) {
      if (!isBlockScalar(scalar)) return;
      const { start, end } = rangeOf(scalar);
      // Scalars are visited in the order of the file.
      for (; (removals[seen]?.start ?? Infinity) < end; seen += 1) {
        removedTo = Math.max(removedTo, (removals[seen] as Splice).end);
      }
      const isGoing = removedTo > end;
      const next = blankLinesEnd(yaml, end);
      const isFollowed = byStart[next]?.some(({ text }) => text !== '');
      const isKept = yaml.slice(start, start + 3).includes('+');
      if (!isGoing && !isFollowed) ends.set(next, isKept ? 'kept' : 'dropped');
    },
  });
  // Inserted lines may end with a block scalar.
  for (const { start, text } of splices) if (text.endsWith('\n')) ends.set(start, 'dropped');
  return [...ends].flatMap(([end, blankLines]) => removalsAfter(yaml, end, byStart, blankLines));
}

function removalsAfter(
  yaml: string,
  end: number,
  byStart: Readonly<Record<number, Splice[]>>,
  blankLines: 'kept' | 'dropped'
): Splice[] {
  const result: Splice[] = [];
  for (let position = end; ;) {
    const here = byStart[position] ?? [];
    const removal = here.find((splice) => splice.end > position);
    const isFollowed = position > end && here.some((splice) => splice.text !== '');
    if (!removal || isFollowed) return result;
    position = blankLinesEnd(yaml, removal.end);
    const lines = yaml.slice(removal.end, position);
    const gone = blankLines === 'kept' ? /[^]+/g : /[ \t]+/g;
    for (const { 0: text, index } of lines.matchAll(gone)) {
      result.push(remove(removal.end + index, removal.end + index + text.length));
    }
  }
}

const isBlockScalar = ({ type }: Scalar): boolean =>
  type === Scalar.BLOCK_LITERAL || type === Scalar.BLOCK_FOLDED;
