import { Document, isScalar, Scalar, visit } from 'yaml';
import { isLookAlike } from './look-alikes';
import type { FrontmatterData } from './read/parse';

/** Characters that other parsers reject or read as line breaks; `yaml` does not escape them. */
const NEEDS_ESCAPE = /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g;
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const NEEDS_QUOTES = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/;
/** A text of blank lines: neither a block literal nor single quotes keep its spaces. */
const IS_BLANK = /^\s*$/;
/** A line of spaces: a block literal would end it with spaces, which editors strip. */
const LINE_OF_SPACES = /^ +$/m;
const ENDS_WITH_BLANK_LINE = /\n\n$/;
/** Such a block needs an indentation indicator, and `yaml` writes 2 whatever the indentation is. */
const BEGINS_WITH_SPACE = /^\n* /;

export interface LayoutOptions {
  /** Columns per level of indentation. @default 2 */
  indent?: number;
  /** Whether the items of a list are indented below their key. @default true */
  indentSeq?: boolean;
  /**
   * Writes blank lines at the end of a text as `\n` in double quotes. A block literal that keeps
   * them would absorb blank lines that happen to follow it. @default false
   */
  escapeFinalBlankLines?: boolean;
  /** Writes multi-line text in double quotes rather than as block literals. @default false */
  isQuoted?: boolean;
}

/**
 * Renders the lines between the fences in canonical form: keys in the order given, strings in
 * single quotes, multi-line text as block literals, nothing folded.
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
      // Only strings contain such characters, and those are in double quotes.
      .replace(NEEDS_ESCAPE, escapeCharacter)
  );
}

export const doubleQuoted = (text: string): string =>
  JSON.stringify(text).replace(NEEDS_ESCAPE, escapeCharacter);

/** Whether a text has characters that only double quotes can represent. */
export const needsEscapes = (text: string): boolean =>
  NEEDS_QUOTES.test(text) || !text.isWellFormed(); // a lone surrogate is not valid UTF-8

const escapeCharacter = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

function scalarStyle(text: string): Scalar.Type {
  const hasLines = text.includes('\n');
  const losesSpaces = hasLines && (IS_BLANK.test(text) || LINE_OF_SPACES.test(text));
  if (needsEscapes(text) || losesSpaces) return Scalar.QUOTE_DOUBLE;
  return hasLines ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_SINGLE;
}

/** Renders the markdown file in canonical form; `read` reads it back without a difference. */
export const render = (frontmatter: FrontmatterData, body: string): string =>
  `---\n${renderYaml(frontmatter)}---\n${body}`;
