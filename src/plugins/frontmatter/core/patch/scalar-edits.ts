import { isAlias, isScalar, type CST, type Scalar } from 'yaml';
import type { Primitive } from './compare';
import { writeScalar, type ScalarStyle } from './scalar-style';
import { hasText, lineEndBefore, nextLine, rangeOf, type Range, type Source } from './source';
import { insert, remove, type Splice } from './splice';
import { blockColumnAfter } from './trivia';

/** A folded text with shorter lines does not show where its author folds. */
const MIN_LINE_WIDTH = 60;

export interface ScalarSlot {
  /** The present value. */
  node: unknown;
  /** Range of the present value, or an empty one where the value has to be inserted. */
  range: Range;
  isInFlow: boolean;
  /** Column of the key or hyphen. */
  parentIndent: number;
  /** What `node` refers to, if it is an alias. */
  resolved?: unknown;
  /** Whether a plain scalar stays plain even if other readers do not read it as text. */
  keepsPlain?: boolean | undefined;
}

/** Replaces a value with another; comments on its line stay. */
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

/** Indents a block scalar so far that comments and blank lines after it stay outside of it. */
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

/** The part of a style that does not depend on its position. */
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
