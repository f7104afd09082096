import { isAlias, isScalar, type CST, type Scalar } from 'yaml';
import type { Primitive } from './compare';
import { writeScalar, type ScalarStyle } from './scalar-style';
import { hasText, lineEndBefore, nextLine, rangeOf, type Range, type Source } from './source';
import { insert, remove, type Splice } from './splice';
import { blockColumnAfter } from './trivia';

/** A folded text that was shorter does not tell where its author folds. */
const MIN_LINE_WIDTH = 60;

export interface ScalarSlot {
  /** What stands there now. */
  node: unknown;
  /** Where that stands, or a place of no length where the value has to be inserted. */
  range: Range;
  isInFlow: boolean;
  /** Column of the key or hyphen. */
  parentIndent: number;
  /** Of what it is a copy, where `node` is an alias. */
  resolved?: unknown;
  /** Whether a plain scalar stays one, although other readers take it for something else than text. */
  keepsPlain?: boolean | undefined;
}

/** Writes a value in the place of another; comments on its line stay. */
export function scalarSplices(source: Source, slot: ScalarSlot, value: Primitive): Splice[] {
  const { yaml } = source;
  const { node, range, isInFlow, parentIndent, keepsPlain = false } = slot;
  const header = blockHeader(node);
  const style = isAlias(node) ? quotingOf(slot.resolved) : styleOf(yaml, node, parentIndent);
  const written = writeScalar(
    value,
    { isInFlow, parentIndent, blockIndent: blockIndent(source, slot) },
    style && { ...style, keepsPlain }
  );

  const inlineEnd = header ? range.start + header.length : range.end;
  const linesStart = nextLine(yaml, header ? inlineEnd : range.end);
  const oldLines = header && range.end > linesStart ? [remove(linesStart, range.end)] : [];
  const space = range.start === range.end && !/\s/.test(yaml[range.start - 1] ?? ' ') ? ' ' : '';
  const put = (text: string): Splice => ({
    start: range.start,
    end: inlineEnd,
    text: space + text,
  });
  if (written.kind === 'inline') return [put(written.text), ...oldLines];

  const lineEnd = lineEndBefore(source, linesStart);
  const lines = written.lines.map((line) => line + lineEnd).join('');
  return [put(written.header), ...oldLines, insert(linesStart, lines)];
}

/** Comments and blank lines that follow must not be indented so far that they become part of a block scalar. */
function blockIndent({ yaml, indent }: Source, slot: ScalarSlot): number {
  if (slot.isInFlow) return indent;
  return Math.max(indent, blockColumnAfter(yaml, slot.range.end) - slot.parentIndent);
}

function blockHeader(node: unknown): string | undefined {
  if (!isScalar(node)) return undefined;
  const token = node.srcToken as CST.BlockScalar | undefined;
  if (token?.type !== 'block-scalar') return undefined;
  const header = token.props.find((prop) => prop.type === 'block-scalar-header');
  return (header as CST.SourceToken | undefined)?.source;
}

/** What can be told of a style without knowing where it stands. */
export function quotingOf(node: unknown): ScalarStyle | undefined {
  if (!isScalar(node) || typeof node.value !== 'string' || !hasText(node)) return undefined;
  return { type: node.type as Scalar.Type, text: node.value };
}

function styleOf(yaml: string, node: unknown, parentIndent: number): ScalarStyle | undefined {
  const style = quotingOf(node);
  const header = blockHeader(node);
  if (!style || header === undefined) return style;
  const { start, end } = rangeOf(node);
  const lines = yaml.slice(nextLine(yaml, start + header.length), end).split(/\r?\n/);
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const indicator = /\d/.exec(header)?.[0];
  const column = indents[0] ?? parentIndent;
  const widest = Math.max(...lines.map((line) => line.length)) - column;
  return {
    ...style,
    blockIndent: indicator ? Number(indicator) : column - parentIndent,
    lineWidth: Math.max(widest, MIN_LINE_WIDTH),
    isKept: header.includes('+'),
  };
}
