import { Document, isScalar, Scalar, visit } from 'yaml';
import { isLookAlike } from './look-alikes';
import type { FrontmatterData } from './read/parse';

/** What other parsers refuse, or take for a line break, unless it is escaped; `yaml` writes it as it is. */
const NEEDS_ESCAPE = /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g;
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const NEEDS_QUOTES = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/;
/** Neither a block literal nor single quotes keep the spaces of lines that hold nothing else. */
const IS_BLANK = /^\s*$/;
/** A block literal would end its lines in spaces, which editors strip. */
const LINE_OF_SPACES = /^ +$/m;
const ENDS_WITH_BLANK_LINE = /\n\n$/;
/** A block needs to say how far it is indented then, and `yaml` says 2 whatever it is. */
const BEGINS_WITH_SPACE = /^\n* /;

export interface LayoutOptions {
  /** Columns that a level is indented by. @default 2 */
  indent?: number;
  /** Whether the items of a list are indented below their key. @default true */
  indentSeq?: boolean;
  /**
   * Writes blank lines at the end of a text as `\n` in double quotes. A block literal that keeps
   * them would take in blank lines that happen to follow it. @default false
   */
  escapeFinalBlankLines?: boolean;
  /** Writes text of several lines in double quotes rather than as block literals. @default false */
  isQuoted?: boolean;
}

/**
 * The lines between the fences in canonical form: keys in the order given, strings in single
 * quotes, text of several lines as block literals, nothing folded.
 */
export function renderYaml(frontmatter: FrontmatterData, layout: LayoutOptions = {}): string {
  if (Object.keys(frontmatter).length === 0) return '';
  const document = new Document(frontmatter, { aliasDuplicateObjects: false });
  const { indent = 2, indentSeq = true, escapeFinalBlankLines = false, isQuoted = false } = layout;
  visit(document, {
    Scalar(key, node) {
      if (!isScalar(node) || typeof node.value !== 'string') return;
      if (key === 'key') {
        if (needsEscapes(node.value)) node.type = Scalar.QUOTE_DOUBLE;
        else if (isLookAlike(node.value)) node.type = Scalar.QUOTE_SINGLE;
      } else {
        const isEscaped =
          (isQuoted && node.value.includes('\n')) ||
          (escapeFinalBlankLines && ENDS_WITH_BLANK_LINE.test(node.value)) ||
          (indent !== 2 && node.value.includes('\n') && BEGINS_WITH_SPACE.test(node.value));
        node.type = isEscaped ? Scalar.QUOTE_DOUBLE : scalarStyle(node.value);
      }
    },
  });
  return (
    document
      .toString({
        indent,
        indentSeq,
        lineWidth: 0,
        singleQuote: true,
        doubleQuotedMinMultiLineLength: Infinity,
      })
      // Only strings hold such characters, and those are in double quotes.
      .replace(NEEDS_ESCAPE, escapeCharacter)
  );
}

export const doubleQuoted = (text: string): string =>
  JSON.stringify(text).replace(NEEDS_ESCAPE, escapeCharacter);

/** Whether a text has characters that only double quotes can hold. */
export const needsEscapes = (text: string): boolean =>
  NEEDS_QUOTES.test(text) || !text.isWellFormed(); // half a surrogate pair is no UTF-8

const escapeCharacter = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

function scalarStyle(text: string): Scalar.Type {
  const hasLines = text.includes('\n');
  const losesSpaces = hasLines && (IS_BLANK.test(text) || LINE_OF_SPACES.test(text));
  if (needsEscapes(text) || losesSpaces) return Scalar.QUOTE_DOUBLE;
  return hasLines ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_SINGLE;
}

/** The markdown file in canonical form; `read` takes it back without a difference. */
export const render = (frontmatter: FrontmatterData, body: string): string =>
  `---\n${renderYaml(frontmatter)}---\n${body}`;
