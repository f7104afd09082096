import { isPair, type CST, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import type { EditContext } from './context';
import {
  lineEndBefore,
  lineStart,
  nextLine,
  nodeEnd,
  pairEnd,
  pairStart,
  rangeOf,
  startOf,
} from './source';
import { insert, remove } from './splice';
import { commentStart } from './trivia';

/** The changes within the brackets of a flow collection, by index of its items. */
export interface FlowChange {
  removed: ReadonlySet<number>;
  /** Texts by index of the item that they follow; -1 for the beginning. */
  inserted: ReadonlyMap<number, readonly string[]>;
}

interface FlowItem {
  start: number;
  end: number;
  /** End of the comma after it. */
  commaEnd?: number;
}

export function editFlow(
  { source, splices }: EditContext,
  collection: YAMLMap | YAMLSeq,
  wanted: FlowChange
): void {
  const { yaml } = source;
  const items = flowItems(collection);
  const change = afterKeptItems(wanted);
  if (items.length === 0) {
    const texts = change.inserted.get(-1) ?? [];
    if (texts.length === 0) return;
    const open = rangeOf(collection).start + 1;
    const space = /\s/.test(yaml[open] ?? '') ? ' ' : '';
    splices.push(insert(open, space + texts.join(', ')));
  } else if (items.every((item) => isOnOwnLine(yaml, item))) {
    editLines();
  } else {
    editInline();
  }

  function editLines(): void {
    const indent = ' '.repeat(
      (items[0] as FlowItem).start - lineStart(yaml, (items[0] as FlowItem).start)
    );
    const insertLines = (at: number, texts: readonly string[], hasComma: boolean) => {
      const lineEnd = lineEndBefore(source, at);
      const lines = texts.map((text, index) => {
        const comma = hasComma || index < texts.length - 1 ? ',' : '';
        return `${indent}${text}${comma}${lineEnd}`;
      });
      splices.push(insert(at, lines.join('')));
    };
    const bracket = nextLine(yaml, rangeOf(collection).start + 1);
    const first = change.inserted.get(-1);
    if (first) insertLines(bracket, first, true);
    items.forEach((item, index) => {
      const after = nextLine(yaml, item.commaEnd ?? item.end);
      const texts = change.inserted.get(index);
      if (texts && item.commaEnd === undefined) splices.push(insert(item.end, ','));
      if (texts) insertLines(after, texts, item.commaEnd !== undefined);
      if (!change.removed.has(index)) return;
      const before = items[index - 1];
      const floor = before ? nextLine(yaml, before.commaEnd ?? before.end) : bracket;
      splices.push(remove(commentStart(yaml, item.start, Infinity, floor), after));
    });
  }

  function editInline(): void {
    const isKept = (index: number) =>
      index >= 0 && index < items.length && !change.removed.has(index);
    const first = change.inserted.get(-1) ?? [];
    const hasKept = items.some((_, index) => isKept(index));
    const start = (items[0] as FlowItem).start;
    if (first.length > 0) splices.push(insert(start, first.join(', ') + (hasKept ? ', ' : '')));
    for (let index = 0; index < items.length; index += 1) {
      const { end } = items[index] as FlowItem;
      const texts = change.inserted.get(index) ?? [];
      if (texts.length > 0) splices.push(insert(end, texts.map((text) => `, ${text}`).join('')));
      if (isKept(index)) continue;
      const from = index;
      while (index + 1 < items.length && !isKept(index + 1)) index += 1;
      splices.push(runRemoval(from, index, hasKept));
    }
  }

  /** Removes the items of a range of indexes, with as many commas. */
  function runRemoval(from: number, to: number, hasKept: boolean) {
    const first = items[from] as FlowItem;
    const last = items[to] as FlowItem;
    const before = items[from - 1];
    const next = items[to + 1];
    if (next) return remove(first.start, next.start);
    if (!before || !hasKept) return remove(first.start, last.end);
    const hasComment = yaml.slice(before.commaEnd ?? before.end, first.start).includes('#');
    if (hasComment) return remove(first.start, last.commaEnd ?? last.end);
    return remove(before.end, last.end);
  }
}

function afterKeptItems({ removed, inserted }: FlowChange): FlowChange {
  const moved = new Map<number, string[]>();
  for (const [after, texts] of [...inserted].sort(([a], [b]) => a - b)) {
    let index = after;
    while (removed.has(index)) index -= 1;
    moved.set(index, [...(moved.get(index) ?? []), ...texts]);
  }
  return { removed, inserted: moved };
}

/** All items, with their commas. */
function flowItems(collection: YAMLMap | YAMLSeq): FlowItem[] {
  const tokens = (collection.srcToken as CST.FlowCollection).items;
  const commas = tokens.flatMap(({ start }) => start.filter((token) => token.type === 'comma'));
  const items = (collection.items as unknown[]).map((item, index): FlowItem => {
    if (isPair(item)) return { start: pairStart(item as Pair), end: pairEnd(item as Pair) };
    return { start: startOf(tokens[index] as CST.CollectionItem, item), end: nodeEnd(item) };
  });
  let next = 0;
  return items.map((item, index) => {
    const limit = items[index + 1]?.start ?? rangeOf(collection).end;
    while ((commas[next]?.offset ?? Infinity) < item.end) next += 1;
    const comma = (commas[next]?.offset ?? Infinity) < limit ? commas[next] : undefined;
    return comma ? { ...item, commaEnd: comma.offset + 1 } : item;
  });
}

function isOnOwnLine(yaml: string, { start, end, commaEnd }: FlowItem): boolean {
  const before = yaml.slice(lineStart(yaml, start), start);
  const comma = yaml.slice(end, commaEnd ?? end);
  const after = yaml.slice(commaEnd ?? end, nextLine(yaml, commaEnd ?? end));
  return /^[ \t]*$/.test(before) && /^[ \t]*,?$/.test(comma) && /^[ \t]*(#.*)?\r?\n$/.test(after);
}
