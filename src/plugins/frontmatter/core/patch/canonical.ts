import { isLookAlike } from '../look-alikes';
import { renderYaml } from '../render';
import type { Primitive } from './compare';
import { writeScalar } from './scalar-style';
import { lineEndBefore, type Source } from './source';
import { blockColumnAfter } from './trivia';

interface LinesPlace {
  /** Offset at which the lines are inserted; lines after it must not become part of a text. */
  at: number;
  /** Columns before each line. */
  indent: number;
  /** @default that of the line before `at` */
  lineEnd?: string;
}

/** Writes the canonical lines of a mapping in the layout of its file. */
export function mapLines(
  source: Source,
  value: Record<string, unknown>,
  { at, indent, lineEnd = lineEndBefore(source, at) }: LinesPlace
): string {
  const { yaml, indent: step, indentSeq } = source;
  const isQuoted = blockColumnAfter(yaml, at) > indent + step;
  return renderYaml(value, { indent: step, indentSeq, escapeFinalBlankLines: true, isQuoted })
    .split('\n')
    .slice(0, -1)
    .map((line) => (line === '' ? '' : ' '.repeat(indent) + line) + lineEnd)
    .join('');
}

/** Writes the lines below `key:` for a mapping or a list. */
export function linesBelowKey(source: Source, value: object, place: LinesPlace): string {
  const lines = mapLines(source, { k: value }, place);
  return lines.slice(lines.indexOf('\n') + 1);
}

/** Writes a value on one line, as in flow collections. */
export function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) {
    const place = { isInFlow: true, parentIndent: 0, blockIndent: 0 };
    const written = writeScalar((value ?? null) as Primitive, place);
    return written.kind === 'inline' ? written.text : '';
  }
  const pairs = Object.entries(value).map(([key, part]) => flowPair(key, part));
  return pairs.length > 0 ? `{ ${pairs.join(', ')} }` : '{}';
}

export const flowPair = (key: string, value: unknown): string =>
  `${flowKey(key)}: ${flowText(value)}`;

/** Quotes an unusual key, which only the shape of a third-party plugin could have. */
const flowKey = (key: string): string =>
  /^[A-Za-z_][\w-]*$/.test(key) && !isLookAlike(key) ? key : flowText(key);
