import { CST, Lexer } from 'yaml';
import { issueAt, positionAt, START_OF_FILE, type Issue, type Position } from '../issue';
import { splitFences } from './fences';

const KIBIBYTE = 1024;
/** In bytes, including the fences. The longest of 97,000 real files has 121 kB. */
const MAX_FRONTMATTER_BYTES = 256 * KIBIBYTE;
/** In bytes. */
export const MAX_BODY_BYTES = 1024 * KIBIBYTE;
/** Largest accepted file, in bytes. */
export const MAX_FILE_BYTES = MAX_FRONTMATTER_BYTES + MAX_BODY_BYTES;
/** Keys, values and list items of frontmatter. Real files have up to 5,730. */
const MAX_NODES = 10_000;
/** Spaces, indicators, comments and line breaks take time too; real files have about 4 per node. */
const LEXEMES_PER_NODE = 8;
/** Characters of a node with its separator, as in `[a,b]`. */
const SHORTEST_NODE = 2;

/** A part of a file that would keep the process busy for too long. */
export interface TooLarge {
  part: 'frontmatter' | 'body';
  /** Where the part begins. */
  position: Position;
  message: string;
}

/** Finds parts of a text that are too large, within milliseconds; none if it has no fences. */
export function findTooLarge(text: string): TooLarge[] {
  const fenced = splitFences(text);
  if (fenced.kind === 'refused') return [];
  const { frontmatter, body } = fenced;
  const bodyStart = text.length - body.length;
  const found: TooLarge[] = [];
  const frontmatterBytes = bytesOf(text.slice(0, bodyStart));
  const bodyBytes = bytesOf(body);
  if (frontmatterBytes > MAX_FRONTMATTER_BYTES) {
    const message = `the frontmatter has ${inKilobytes(frontmatterBytes)}, the limit is ${inKilobytes(MAX_FRONTMATTER_BYTES)}: move long text out of it`;
    found.push({ part: 'frontmatter', position: START_OF_FILE, message });
  } else if (hasTooManyNodes(frontmatter)) {
    const message = `the frontmatter has more than ${MAX_NODES} keys, values and list items, or too many comments, blank lines and signs between them: move some out of it`;
    found.push({ part: 'frontmatter', position: START_OF_FILE, message });
  }
  if (bodyBytes > MAX_BODY_BYTES) {
    const message = `the body has ${inKilobytes(bodyBytes)}, the limit is ${inKilobytes(MAX_BODY_BYTES)}: move long text out of it`;
    found.push({ part: 'body', position: positionAt(text, bodyStart), message });
  }
  return found;
}

export const tooLargeIssue = ({ position, message }: TooLarge): Issue =>
  issueAt('too-large', position, message);

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

const inKilobytes = (bytes: number): string => `${Math.ceil(bytes / KIBIBYTE)} kB`;

/** Counts before anything is parsed, because parsing takes ten times as long. */
function hasTooManyNodes(yaml: string): boolean {
  if (yaml.length < MAX_NODES * SHORTEST_NODE) return false;
  let [nodes, lexemes] = [0, 0];
  let before: Part | undefined;
  for (const lexeme of new Lexer().lex(yaml)) {
    const part = partOf(CST.tokenType(lexeme));
    lexemes += 1;
    if (part && isNewNode(part, before)) nodes += 1;
    if (nodes > MAX_NODES || lexemes > MAX_NODES * LEXEMES_PER_NODE) return true;
    before = part ?? before;
  }
  return false;
}

/** What a node begins with: itself, an indicator before it, or a colon if its key has no name. */
type Part = 'node' | 'sign' | 'colon';

function isNewNode(part: Part, before: Part | undefined): boolean {
  switch (part) {
    case 'sign':
      return true;
    case 'node':
      return before !== 'sign';
    case 'colon':
      return before !== 'node';
  }
}

/** Block collections are counted by their keys and items. */
function partOf(type: CST.TokenType | null): Part | undefined {
  switch (type) {
    case 'scalar':
    case 'single-quoted-scalar':
    case 'double-quoted-scalar':
    case 'alias':
    case 'flow-map-start':
    case 'flow-seq-start':
      return 'node';
    case 'seq-item-ind':
    case 'explicit-key-ind':
    case 'comma':
      return 'sign';
    case 'map-value-ind':
      return 'colon';
    default:
      return undefined;
  }
}
