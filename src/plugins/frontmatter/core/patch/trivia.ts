import { Scalar, visit } from 'yaml';
import { lineStart, nextLine, rangeOf, type Source } from './source';
import { remove, type Splice } from './splice';

/** Column of the first character of the line at `start`, or nothing where the line is blank. */
function columnOf(yaml: string, start: number): number | undefined {
  const column = yaml.slice(start, nextLine(yaml, start + 1)).search(/[^ \t\r\n]/);
  return column === -1 ? undefined : column;
}

/** A comment at `start`, which must be the beginning of a line between two entries. */
function commentColumn(yaml: string, start: number): number | undefined {
  const column = columnOf(yaml, start);
  return column !== undefined && yaml[start + column] === '#' ? column : undefined;
}

/**
 * Where the comment lines directly above an entry begin. A comment that is indented further
 * belongs to the entry before.
 *
 * @param floor End of what stands before, so that no line of a text is taken for a comment.
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

/** Where the comment lines end that follow an entry and are indented further than it. */
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

/** The furthest column of the comments between an entry and the next; 0 where there is none. */
export function deepestCommentAfter(yaml: string, end: number): number {
  let deepest = 0;
  for (let line = nextLine(yaml, end); line < yaml.length; line = nextLine(yaml, line + 1)) {
    const comment = commentColumn(yaml, line);
    if (comment === undefined && columnOf(yaml, line) !== undefined) break;
    deepest = Math.max(deepest, comment ?? 0);
  }
  return deepest;
}

function blankLinesEnd(yaml: string, start: number): number {
  let end = start;
  while (end < yaml.length && columnOf(yaml, end) === undefined) end = nextLine(yaml, end + 1);
  return end;
}

/**
 * Takes the lines of an entry out, with comments directly above it and those directly below that
 * are indented further. Such comments beyond a blank line stay, but a block scalar before them
 * must not take them in as text, so they move to the column of the entry.
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
 * A block scalar that keeps the blank lines at its end (`|+`) takes in those that follow the
 * entries removed after it: they go, too.
 */
export function blankLineRemovals(
  { yaml, document }: Source,
  splices: readonly Splice[]
): Splice[] {
  const result: Splice[] = [];
  visit(document, {
    Scalar(_, scalar) {
      if (!isKept(yaml, scalar)) return;
      const { end } = rangeOf(scalar);
      const isGoing = splices.some((splice) => splice.start < end && splice.end > end);
      if (!isGoing) result.push(...removalsAfter(yaml, end, splices));
    },
  });
  return result;
}

function removalsAfter(yaml: string, end: number, splices: readonly Splice[]): Splice[] {
  const result: Splice[] = [];
  for (let position = end; ;) {
    const here = splices.filter((splice) => splice.start === position);
    const removal = here.find((splice) => splice.end > position);
    if (!removal || here.some((splice) => splice.text !== '')) return result;
    position = blankLinesEnd(yaml, removal.end);
    if (position > removal.end) result.push(remove(removal.end, position));
  }
}

function isKept(yaml: string, scalar: Scalar): boolean {
  if (scalar.type !== Scalar.BLOCK_LITERAL && scalar.type !== Scalar.BLOCK_FOLDED) return false;
  const { start } = rangeOf(scalar);
  return yaml.slice(start, start + 3).includes('+');
}
