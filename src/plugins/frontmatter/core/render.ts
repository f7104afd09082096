import { Document, isScalar, Scalar, visit } from 'yaml';
import type { FrontmatterData } from './parse';

/** What other parsers refuse, or take for a line break, unless it is escaped; `yaml` writes it as it is. */
const NEEDS_ESCAPE = /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g;
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const NEEDS_QUOTES = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/;
/** Neither a block literal nor single quotes keep the spaces of lines that hold nothing else. */
const IS_BLANK = /^\s*$/;

/**
 * The lines between the fences in canonical form: keys in the order given, strings in single
 * quotes, text of several lines as block literals, nothing folded.
 */
export function renderYaml(frontmatter: FrontmatterData): string {
  if (Object.keys(frontmatter).length === 0) return '';
  const document = new Document(frontmatter, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(key, node) {
      if (key !== 'key' && isScalar(node) && typeof node.value === 'string') {
        node.type = scalarStyle(node.value);
      }
    },
  });
  return (
    document
      .toString({ lineWidth: 0, singleQuote: true, doubleQuotedMinMultiLineLength: Infinity })
      // Only strings hold such characters, and those are in double quotes.
      .replace(NEEDS_ESCAPE, (character) => `\\u${hex(character)}`)
  );
}

const hex = (character: string): string => character.charCodeAt(0).toString(16).padStart(4, '0');

function scalarStyle(text: string): Scalar.Type {
  const hasLines = text.includes('\n');
  if (NEEDS_QUOTES.test(text) || (hasLines && IS_BLANK.test(text))) return Scalar.QUOTE_DOUBLE;
  return hasLines ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_SINGLE;
}

/** The markdown file in canonical form; `read` takes it back without a difference. */
export const render = (frontmatter: FrontmatterData, body: string): string =>
  `---\n${renderYaml(frontmatter)}---\n${body}`;
