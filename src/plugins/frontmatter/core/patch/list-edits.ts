import { isAlias, isNode, isScalar, Scalar, type CST, type YAMLSeq } from 'yaml';
import type { EditContext } from './context';
import { editFlow } from './flow-edits';
import type { ListDiff, NewItem } from './list-diff';
import { scalarSplices, quotingOf } from './scalar-edits';
import { writeScalar } from './scalar-style';
import {
  indentOf,
  lineEndBefore,
  lineStart,
  nextLine,
  nodeEnd,
  rangeOf,
  tagRemoval,
  type Source,
} from './source';
import { insert, type Splice } from './splice';
import { blockColumnAfter, commentStart, entryRemoval, trailingEnd } from './trivia';

export function editList(
  context: EditContext,
  { list, diff }: { list: YAMLSeq; diff: ListDiff },
  floor: number
): void {
  if (list.flow) editFlowList(context, list, diff);
  else editBlockList(context, list, { diff, floor });
}

function editFlowList(context: EditContext, list: YAMLSeq, diff: ListDiff): void {
  const { source, splices } = context;
  const items = list.items as unknown[];
  const place = { isInFlow: true, parentIndent: 0, blockIndent: 0 };
  for (const [index, value] of diff.replaced) {
    const slot = slotOf(source, items[index], { isInFlow: true, parentIndent: 0 });
    splices.push(...itemTag(source, list, { index, value }), ...scalarSplices(source, slot, value));
  }
  const inserted = [...diff.inserted].map(([after, news]) => {
    const type = neighbourType(items, after);
    const texts = news.map(({ value, movedFrom }) => {
      const moved = movedFrom === undefined ? undefined : items[movedFrom];
      const style = quotingOf(moved) ?? { type, text: '' };
      const written = writeScalar(value, place, style);
      return written.kind === 'inline' ? written.text : '';
    });
    return [after, texts] as const;
  });
  editFlow(context, list, { removed: diff.removed, inserted: new Map(inserted) });
}

function editBlockList(
  context: EditContext,
  list: YAMLSeq,
  { diff, floor }: { diff: ListDiff; floor: number }
): void {
  const { source, splices } = context;
  const { yaml } = source;
  const items = list.items as unknown[];
  const column = indentOf(list);
  const linesOf = (index: number) => linesOfItem(source, list, { index, floor });

  const insertItems = (after: number, news: readonly NewItem[]) => {
    const at = after < 0 ? linesOf(0).start : linesOf(after).followingEnd;
    const lineEnd = lineEndBefore(source, at);
    const neighbour = Math.max(after, 0);
    const texts = news.map(({ value, movedFrom }) => {
      if (movedFrom !== undefined && isMovable(items[movedFrom])) {
        const { start, followingEnd } = linesOf(movedFrom);
        return yaml.slice(start, followingEnd).replace(/\r?\n/g, lineEnd);
      }
      return itemLines(source, list, { value, neighbour, lineEnd, at });
    });
    splices.push(insert(at, texts.join('')));
  };

  items.forEach((item, index) => {
    const value = diff.replaced.get(index);
    if (value === undefined) return;
    const slot = slotOf(source, item, { isInFlow: false, parentIndent: column });
    splices.push(...itemTag(source, list, { index, value }), ...scalarSplices(source, slot, value));
  });
  for (const [after, news] of diff.inserted) insertItems(after, news);
  for (const index of diff.removed) {
    const { start, end } = linesOf(index);
    splices.push(...entryRemoval(yaml, { start, end, column }));
  }
}

/** Where an item begins (with the comments above it) and ends, and where the comments below end. */
export function linesOfItem(
  { yaml }: Source,
  list: YAMLSeq,
  { index, floor }: { index: number; floor: number }
): { start: number; end: number; followingEnd: number } {
  const column = indentOf(list);
  const end = nodeEnd(list.items[index]);
  const itemFloor = index > 0 ? nextLine(yaml, nodeEnd(list.items[index - 1])) : floor;
  const start = commentStart(yaml, hyphenOf(list, index), column, itemFloor);
  const followingEnd = trailingEnd(yaml, end, column, { acrossBlankLines: false });
  return { start, end, followingEnd };
}

const itemTokens = (list: YAMLSeq, index: number): CST.SourceToken[] =>
  (list.srcToken as CST.BlockSequence | CST.FlowCollection).items[index]?.start ?? [];

const itemTag = (
  { yaml }: Source,
  list: YAMLSeq,
  { index, value }: { index: number; value: string }
): Splice[] => tagRemoval(yaml, itemTokens(list, index), { node: list.items[index], value });

export function hyphenOf(list: YAMLSeq, index: number): number {
  const tokens = itemTokens(list, index);
  const hyphen = tokens.find((token) => token.type === 'seq-item-ind');
  return hyphen?.offset ?? rangeOf(list.items[index]).start;
}

/** Writes the lines of a new item, with hyphen, space and quotes as in its neighbor. */
function itemLines(
  source: Source,
  list: YAMLSeq,
  {
    value,
    neighbour,
    lineEnd,
    at,
  }: { value: string; neighbour: number; lineEnd: string; at: number }
): string {
  const { yaml, indent } = source;
  const items = list.items as unknown[];
  const column = indentOf(list);
  const hyphen = hyphenOf(list, neighbour);
  const { start } = rangeOf(items[neighbour]);
  const betweenHyphenAndText = yaml.slice(hyphen + 1, start);
  const space = /^[ \t]+$/.test(betweenHyphenAndText) ? betweenHyphenAndText : ' ';
  const blockIndent = Math.max(indent, 2, blockColumnAfter(yaml, at) - column);
  const written = writeScalar(
    value,
    { isInFlow: false, parentIndent: column, blockIndent },
    { type: neighbourType(items, neighbour), text: '' }
  );
  const prefix = `${yaml.slice(lineStart(yaml, hyphen), hyphen)}-${space}`;
  if (written.kind === 'inline') return prefix + written.text + lineEnd;
  return [prefix + written.header, ...written.lines].map((line) => line + lineEnd).join('');
}

/** Quotes of the item at an index (the first for -1); `undefined` means canonical ones. */
function neighbourType(items: readonly unknown[], index: number): Scalar.Type | undefined {
  const type = quotingOf(items[Math.max(index, 0)])?.type;
  const isInline = type === Scalar.PLAIN || type === Scalar.QUOTE_DOUBLE;
  return isInline ? type : undefined;
}

const slotOf = (
  source: Source,
  item: unknown,
  place: { isInFlow: boolean; parentIndent: number }
) => ({
  node: item,
  resolved: isAlias(item) ? item.resolve(source.document) : item,
  range: rangeOf(item),
  ...place,
});

/** Anchors and aliases must keep their order; other blank lines could follow a block scalar. */
const isMovable = (item: unknown): boolean =>
  isScalar(item) &&
  isNode(item) &&
  !item.anchor &&
  item.type !== Scalar.BLOCK_LITERAL &&
  item.type !== Scalar.BLOCK_FOLDED;
