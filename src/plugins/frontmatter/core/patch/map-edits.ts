import { isAlias, isCollection, type Pair } from 'yaml';
import { flowPair, flowText, linesBelowKey, mapLines } from './canonical';
import type { KeyChange, MapChange, Primitive } from './compare';
import type { EditContext } from './context';
import { placeAdditions, type Addition } from './additions';
import { editFlow, type FlowChange } from './flow-edits';
import { editItems } from './item-edits';
import { editList } from './list-edits';
import { scalarSplices } from './scalar-edits';
import {
  hasColon,
  hasText,
  indentOf,
  lineEndBefore,
  lineStart,
  nextLine,
  pairEnd,
  pairStart,
  tagRemoval,
  tokensOf,
  valueRange,
  valueStart,
} from './source';
import { insert, remove } from './splice';
import { commentStart, entryRemoval, trailingEnd } from './trivia';

/** Where the pairs of a mapping are. */
interface MapPlace {
  isInFlow: boolean;
  /** Column of the keys. */
  indent: number;
  /** End of what precedes the first key. */
  floor: number;
  pairs: readonly Pair[];
}

export function editMap(context: EditContext, change: MapChange, floor: number): void {
  const { map, changes } = change;
  const isInFlow = Boolean(map.flow);
  const indent = isInFlow ? 0 : indentOf(map);
  const place: MapPlace = { isInFlow, indent, floor, pairs: map.items as Pair[] };
  for (const { kind, pair } of changes.filter((each) => each.kind !== 'add')) {
    if (kind === 'remove') context.removed.add(pair);
  }
  for (const each of changes) {
    if (each.kind !== 'add') editPair(context, place, each);
  }
  const additions = placeAdditions(change, context.removed);
  if (isInFlow) editFlow(context, map, flowChange(place, additions, context.removed));
  else for (const addition of additions) addLines(context, place, addition);
}

function flowChange(
  { pairs }: MapPlace,
  additions: readonly Addition[],
  removed: ReadonlySet<unknown>
): FlowChange {
  const inserted = new Map<number, string[]>();
  for (const { key, value, anchor, isBefore } of additions) {
    const index = pairs.indexOf(anchor) - (isBefore ? 1 : 0);
    inserted.set(index, [...(inserted.get(index) ?? []), flowPair(key, value)]);
  }
  const indexes = [...pairs.keys()].filter((index) => removed.has(pairs[index]));
  return { inserted, removed: new Set(indexes) };
}

function addLines(
  { source, splices }: EditContext,
  { pairs, indent, floor }: MapPlace,
  { key, value, anchor, isBefore }: Addition
): void {
  const { yaml } = source;
  const previous = pairs[pairs.indexOf(anchor) - 1];
  const anchorFloor = previous ? nextLine(yaml, pairEnd(previous)) : floor;
  const at = isBefore
    ? commentStart(yaml, pairStart(anchor), indent, anchorFloor)
    : trailingEnd(yaml, pairEnd(anchor), indent, { acrossBlankLines: true });
  const lineEnd = lineEndBefore(source, isBefore ? nextLine(yaml, pairStart(anchor) + 1) : at);
  splices.push(insert(at, mapLines(source, { [key]: value }, { at, indent, lineEnd })));
}

function editPair(
  context: EditContext,
  place: MapPlace,
  change: Exclude<KeyChange, { kind: 'add' }>
): void {
  const { pair } = change;
  switch (change.kind) {
    case 'remove':
      return place.isInFlow ? undefined : removeLines(context, place, pair);
    case 'scalar':
      return writeValue(context, place, change);
    case 'fill':
      return fillPair(context, place, pair, change.value);
    case 'list':
      return editList(context, change, below(context, pair));
    case 'items':
      return editItems(context, change, { floor: below(context, pair), editMap });
    case 'map':
      return editMap(context, change.change, below(context, pair));
    case 'rewrite':
      return rewritePair(context, place, change);
    case 'alias':
      throw new Error(`the alias at '${change.key}' was not written out`);
  }
}

/** Start of the line below a key. */
const below = ({ source }: EditContext, pair: Pair): number =>
  nextLine(source.yaml, valueStart(pair));

function removeLines({ source, splices }: EditContext, place: MapPlace, pair: Pair): void {
  const { yaml } = source;
  const { pairs, indent, floor } = place;
  const previous = pairs[pairs.indexOf(pair) - 1];
  const pairFloor = previous ? nextLine(yaml, pairEnd(previous)) : floor;
  const start = commentStart(yaml, pairStart(pair), indent, pairFloor);
  splices.push(...entryRemoval(yaml, { start, end: pairEnd(pair), column: indent }));
}

function writeValue(
  { source, splices }: EditContext,
  { isInFlow, indent }: MapPlace,
  { pair, value, keepsPlain }: Extract<KeyChange, { kind: 'scalar' }>
): void {
  const node = pair.value;
  const resolved = isAlias(node) ? node.resolve(source.document) : node;
  const range = valueRange(pair);
  const slot = { node, resolved, range, isInFlow, parentIndent: indent, keepsPlain };
  const tag = tagRemoval(source.yaml, tokensOf(pair).sep, { node, value });
  splices.push(...tag, ...scalarSplices(source, slot, value));
}

/** Writes a value for a key that has none, or an empty one. */
export function fillPair(
  context: EditContext,
  place: Pick<MapPlace, 'isInFlow' | 'indent'>,
  pair: Pair,
  value: unknown
): void {
  const { source, splices } = context;
  const { yaml } = source;
  const range = valueRange(pair);
  splices.push(...tagRemoval(yaml, tokensOf(pair).sep, { node: pair.value, value }));
  if (place.isInFlow) {
    const isApart = /[\s[{,]/.test(yaml[range.start - 1] ?? '');
    const colon = hasColon(pair) ? '' : ':';
    const spaces = /^ *(?=,)/.exec(yaml.slice(range.end))?.[0].length ?? 0;
    const text = `${colon}${isApart ? '' : ' '}${flowText(value)}`;
    splices.push({ ...range, text }, remove(range.end, range.end + spaces));
    return;
  }
  if (typeof value !== 'object' || value === null) {
    const slot = { node: null, range, isInFlow: false, parentIndent: place.indent };
    splices.push(...scalarSplices(source, slot, value as Primitive));
    return;
  }
  if (isCollection(pair.value) && yaml.slice(range.start, range.end).includes('#')) {
    const texts = Array.isArray(value)
      ? value.map(flowText)
      : Object.entries(value).map(([key, part]) => flowPair(key, part));
    editFlow(context, pair.value, { removed: new Set(), inserted: new Map([[-1, texts]]) });
    return;
  }
  const keyEnd = valueStart(pair);
  const hasComment = yaml.slice(keyEnd, range.start).includes('#');
  if (hasText(pair.value)) splices.push(remove(hasComment ? range.start : keyEnd, range.end));
  const at = trailingEnd(yaml, range.end, place.indent, { acrossBlankLines: true });
  splices.push(insert(at, linesBelowKey(source, value, { at, indent: place.indent })));
}

function rewritePair(
  { source, splices }: EditContext,
  { isInFlow, indent }: MapPlace,
  { key, pair, value }: { key: string; pair: Pair; value: unknown }
): void {
  const start = pairStart(pair);
  if (isInFlow) {
    splices.push({ start, end: pairEnd(pair), text: flowPair(key, value) });
    return;
  }
  const end = nextLine(source.yaml, pairEnd(pair));
  const text = mapLines(source, { [key]: value }, { at: end, indent });
  splices.push({ start: lineStart(source.yaml, start), end, text });
}
