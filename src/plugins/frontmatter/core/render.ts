import { Document, isScalar, Scalar, visit } from 'yaml';
import type { FrontmatterData } from './parse';

/** Control characters that `yaml` leaves as they are in double quotes, where other parsers refuse them. */
const UNPRINTABLE = /[\u007F-\u0084\u0086-\u009F]/g;
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const NEEDS_ESCAPES = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\uFEFF]/;

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
  return document
    .toString({ lineWidth: 0, singleQuote: true })
    .replace(UNPRINTABLE, (character) => `\\x${character.charCodeAt(0).toString(16)}`);
}

function scalarStyle(text: string): Scalar.Type {
  if (NEEDS_ESCAPES.test(text)) return Scalar.QUOTE_DOUBLE;
  return text.includes('\n') ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_SINGLE;
}

/** The markdown file in canonical form; `read` takes it back without a difference. */
export const render = (frontmatter: FrontmatterData, body: string): string =>
  `---\n${renderYaml(frontmatter)}---\n${body}`;
