import { Lexer } from 'yaml';
import { parseOrThrow, patchParsed } from '../patch';
import type { ParsedFile } from '../read/parse';
import type { Shape } from '../shape';
import { composed, contentOf, isSamePart, partsOf, type Content } from './parts';

/** Whether `patch` turns the first text into the second. */
export const isPatched = (shape: Shape, from: ParsedFile, to: ParsedFile): boolean =>
  said(shape, from, to) === to.source.text;

/**
 * Whether only edits of values turn one text into the other: unknown keys, comments and the layout
 * of everything else stay. An author may write a new value in another style than `patch`.
 */
export function differOnlyInValues(shape: Shape, from: ParsedFile, to: ParsedFile): boolean {
  const text = said(shape, from, to);
  if (text === to.source.text) return true;
  const expected = parseOrThrow(text);
  if (commentsOf(expected) !== commentsOf(to)) return false;

  const [before, after] = [contentOf(shape, from), contentOf(shape, to)];
  const common = composed(partsOf(shape), (part) =>
    isSamePart(part, before, after) ? after : NOTHING
  );
  return patchParsed(shape, expected, common) === patchParsed(shape, to, common);
}

const NOTHING: Content = { value: {}, body: '' };

const said = (shape: Shape, text: ParsedFile, { data, body }: ParsedFile): string =>
  patchParsed(shape, text, { value: data, body });

/** All comments of a frontmatter, in an order that does not depend on their positions. */
function commentsOf({ source }: ParsedFile): string {
  // No other token begins like this: the text of a block scalar begins with its indentation.
  const comments = [...new Lexer().lex(source.yaml)].filter((token) => token.startsWith('#'));
  return comments.sort().join('\n');
}
