import { Document, parseDocument, isMap, isScalar, Scalar } from 'yaml';
import { isLookAlike } from '../look-alikes';
import { doubleQuoted, needsEscapes } from '../render';
import type { Primitive } from './compare';

/** Style of a scalar in the file, as far as a new text can follow it. */
export interface ScalarStyle {
  type: Scalar.Type | undefined;
  /** The text it holds now. */
  text: string;
  /** For a block scalar: columns from the indentation of its parent to its text. */
  blockIndent?: number;
  /** For a folded block scalar: the length of its longest line. */
  lineWidth?: number;
  /** For a block scalar: whether the blank lines at its end belong to it (`|+`). */
  isKept?: boolean;
  /** For a plain scalar: whether it stays plain even if other readers do not read it as text. */
  keepsPlain?: boolean;
}

export interface ScalarPlace {
  isInFlow: boolean;
  /** Column of the key or hyphen. */
  parentIndent: number;
  /** Minimum columns from there to the lines of a block scalar; `Infinity` if none is possible. */
  blockIndent: number;
}

export type WrittenScalar =
  | { kind: 'inline'; text: string }
  /** `lines` follow the line of the header and include their indentation. */
  | { kind: 'block'; header: string; lines: string[] };

/** Writes a value in the style of the one it replaces, or canonically if that cannot hold it. */
export function writeScalar(
  value: Primitive,
  place: ScalarPlace,
  old?: ScalarStyle
): WrittenScalar {
  if (typeof value !== 'string') return { kind: 'inline', text: plainNumber(value) };
  const isBlock = old?.type === Scalar.BLOCK_LITERAL || old?.type === Scalar.BLOCK_FOLDED;
  if (!place.isInFlow && !needsEscapes(value)) {
    const hasLines = value.includes('\n');
    const hadLines = old?.text.includes('\n') ?? false;
    const isFolded = old?.type === Scalar.BLOCK_FOLDED;
    const staysQuoted = old?.type === Scalar.QUOTE_DOUBLE && hadLines;
    const staysBlock = isBlock && (isFolded || !hadLines) && old.text !== '';
    if ((hasLines && !staysQuoted) || staysBlock) {
      const block = writeBlock(value, place, old);
      if (block) return block;
    }
  }
  return { kind: 'inline', text: inlineText(value, place.isInFlow, old) };
}

/** Text that reads the same at any position, unless it looks like something else. */
const WORDS = /^[A-Za-z]\w*(?:[ -]\w+)*$/;

const plainNumber = (value: number | boolean | null): string =>
  Object.is(value, -0) ? '-0' : String(value);

function inlineText(text: string, isInFlow: boolean, old: ScalarStyle | undefined): string {
  const fitsOneLine = !needsEscapes(text) && !text.includes('\n');
  if (old?.type === Scalar.QUOTE_DOUBLE || !fitsOneLine) return doubleQuoted(text);
  if (
    old?.type === Scalar.PLAIN &&
    (old.keepsPlain || old.text === text || !isLookAlike(text, { isInFlow })) &&
    (WORDS.test(text) || readsAs(isInFlow ? `{k: ${text}, l: 0}` : `k: ${text} # c\n`, text))
  ) {
    return text;
  }
  return `'${text.replaceAll("'", "''")}'`;
}

function writeBlock(
  text: string,
  place: ScalarPlace,
  old: ScalarStyle | undefined
): WrittenScalar | undefined {
  const depth = Math.max(old?.blockIndent ?? 0, place.blockIndent);
  if (depth === Infinity) return undefined;
  const candidates =
    old?.type === Scalar.BLOCK_FOLDED
      ? [foldedBlock(text, old.lineWidth ?? 80), literalBlock(text)]
      : [literalBlock(text)];
  for (const { header, lines } of candidates) {
    // Blank lines that follow would become part of a text that keeps trailing blank lines.
    const needsKeep = header.includes('+') || /^\n+$/.test(text);
    if (needsKeep && !old?.isKept) continue;
    const needsIndicator = /^\n* /.test(text);
    if (needsIndicator && depth > 9) return undefined;
    const fullHeader = needsIndicator ? `${header[0]}${depth}${header.slice(1)}` : header;
    const indented = lines.map((line) => (line === '' ? '' : ' '.repeat(depth) + line));
    if (readsAs(['k: ' + fullHeader, ...indented, 'l: 0', ''].join('\n'), text)) {
      const base = ' '.repeat(place.parentIndent);
      const placed = indented.map((line) => (line === '' ? '' : base + line));
      return { kind: 'block', header: fullHeader, lines: placed };
    }
  }
  return undefined;
}

interface Block {
  header: string;
  /** Without indentation. */
  lines: string[];
}

function literalBlock(text: string): Block {
  const chomping = !text.endsWith('\n') ? '-' : /\n\n$/.test(text) ? '+' : '';
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  return { header: `|${chomping}`, lines: body.split('\n') };
}

/** Folds at the width of the replaced text; `writeBlock` checks whether it reads back. */
function foldedBlock(text: string, lineWidth: number): Block {
  const document = new Document({ k: text });
  const node = document.get('k', true) as Scalar;
  node.type = Scalar.BLOCK_FOLDED;
  const [first = '', ...lines] = document
    .toString({ lineWidth: lineWidth + 2, minContentWidth: 0, indent: 2 })
    .replace(/\n$/, '')
    .split('\n');
  const header = first.slice('k: '.length).replace(/\d/, '');
  return { header, lines: lines.map((line) => line.slice(2)) };
}

/** Whether the first value of a small mapping is exactly this text. */
function readsAs(yaml: string, text: string): boolean {
  const { contents, errors, warnings } = parseDocument(yaml, { prettyErrors: false });
  const pairs = isMap(contents) ? contents.items : [];
  const value = pairs[0]?.value;
  return (
    errors.length + warnings.length === 0 &&
    pairs.length === (yaml.endsWith('# c\n') ? 1 : 2) &&
    isScalar(value) &&
    value.value === text &&
    !value.anchor &&
    !value.tag
  );
}
