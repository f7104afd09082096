import type { Pair, YAMLMap, YAMLSeq } from 'yaml';
import { placeAdditions } from './additions';
import { flowText, mapLines } from './canonical';
import type { ItemsDiff, MapChange, NewGroup } from './compare';
import type { EditContext } from './context';
import { editFlow } from './flow-edits';
import { hyphenOf, linesOfItem } from './list-edits';
import {
  indentOf,
  lineEndBefore,
  lineStart,
  nextLine,
  nodeEnd,
  rangeOf,
  type Source,
} from './source';
import { insert } from './splice';
import { entryRemoval } from './trivia';

/** Anchors, aliases and block scalars: their meaning depends on their order or position. */
const NOT_MOVABLE = /[&*|>]/;

interface Options {
  /** Start of the line below the key. */
  floor: number;
  /** Edits keys in place. */
  editMap(context: EditContext, change: MapChange, floor: number): void;
}

/** Edits a list of groups: edits keys in place if possible, otherwise rewrites the whole item. */
export function editItems(
  context: EditContext,
  { list, diff }: { list: YAMLSeq; diff: ItemsDiff },
  { floor, editMap }: Options
): void {
  const { source, splices } = context;
  for (const [index, { change, value }] of diff.changed) {
    const item = list.items[index] as YAMLMap;
    if (isInPlace(change)) {
      editMap(context, change, nextLine(source.yaml, rangeOf(item).start + 1));
    } else {
      const start = lineStart(source.yaml, hyphenOf(list, index));
      const end = nextLine(source.yaml, nodeEnd(item));
      splices.push({ start, end, text: groupLines(source, list, { value, at: end }) });
    }
  }
  if (list.flow) {
    const inserted = [...diff.inserted].map(
      ([after, groups]) => [after, groups.map(({ value }) => flowText(value))] as const
    );
    editFlow(context, list, { removed: diff.removed, inserted: new Map(inserted) });
  } else {
    editBlock(context, list, { diff, floor });
  }
}

/** Whether the first key, which is on the line of the hyphen, stays there and stays first. */
export function isInPlace(change: MapChange): boolean {
  if (change.map.flow) return true;
  const [first] = change.map.items as Pair[];
  const removed = new Set(
    change.changes.flatMap((each) => (each.kind === 'remove' ? [each.pair] : []))
  );
  return (
    placeAdditions(change, removed).every(
      ({ anchor, isBefore }) => anchor !== first || !isBefore
    ) &&
    change.changes.every(
      (each) =>
        each.kind === 'add' ||
        each.pair !== first ||
        (each.kind !== 'remove' && each.kind !== 'rewrite')
    )
  );
}

function editBlock(
  { source, splices }: EditContext,
  list: YAMLSeq,
  { diff, floor }: { diff: ItemsDiff; floor: number }
): void {
  const { yaml } = source;
  const linesOf = (index: number) => linesOfItem(source, list, { index, floor });

  const textOf = ({ value, movedFrom }: NewGroup, at: number): string => {
    if (movedFrom !== undefined) {
      const { start, followingEnd } = linesOf(movedFrom);
      const lines = yaml.slice(start, followingEnd);
      if (!NOT_MOVABLE.test(lines)) return lines.replace(/\r?\n/g, lineEndBefore(source, at));
    }
    return groupLines(source, list, { value, at });
  };

  for (const [after, groups] of diff.inserted) {
    const at = after < 0 ? linesOf(0).start : linesOf(after).followingEnd;
    splices.push(insert(at, groups.map((group) => textOf(group, at)).join('')));
  }
  for (const index of diff.removed) {
    const { start, end } = linesOf(index);
    splices.push(...entryRemoval(yaml, { start, end, column: indentOf(list) }));
  }
}

/** Writes the canonical lines of an item at the column of its list. */
function groupLines(
  source: Source,
  list: YAMLSeq,
  { value, at }: { value: NewGroup['value']; at: number }
): string {
  const lineEnd = lineEndBefore(source, at);
  const [, ...lines] = mapLines(source, { k: [value] }, { at, indent: 0, lineEnd }).split(lineEnd);
  const indent = lines[0]?.indexOf('-') ?? 0;
  const prefix = ' '.repeat(indentOf(list));
  return lines
    .slice(0, -1)
    .map((line) => (line === '' ? '' : prefix + line.slice(indent)) + lineEnd)
    .join('');
}
