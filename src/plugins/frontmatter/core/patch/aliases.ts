import { isCollection, isMap, isPair, isSeq, visit, type Alias, type Node, type Pair } from 'yaml';
import { flowText } from './canonical';
import { jsOf, type MapChange, type Primitive } from './compare';
import type { EditContext } from './context';
import { isInPlace } from './item-edits';
import { fillPair } from './map-edits';
import { scalarSplices } from './scalar-edits';
import { indentOf, isExplicit, rangeOf, type Source } from './source';
import type { Splice } from './splice';

/**
 * Replaces aliases with their values if an edit would change these: because the anchor is edited or
 * removed, or because the alias stands for a collection that has to differ here. The result holds
 * the same data; it is `undefined` if no alias is affected.
 */
export function writeOutAliases(source: Source, change: MapChange): Splice[] | undefined {
  if (!source.yaml.includes('*')) return undefined;
  const forced = new Set(forcedAliases(change));
  const touched = touchedNodes(change);
  const context: EditContext = { source, splices: [], removed: new Set() };
  visit(source.document, {
    Alias(_, alias, ancestors) {
      const target = alias.resolve(source.document);
      const isConcerned = forced.has(alias) || (touched.has(target) && !touched.has(alias));
      if (isConcerned) writeOut(context, alias, ancestors);
    },
  });
  return context.splices.length > 0 ? context.splices : undefined;
}

function writeOut(context: EditContext, alias: Alias, ancestors: readonly unknown[]): void {
  const { source, splices } = context;
  const resolved = alias.resolve(source.document);
  const value = jsOf(source.document, alias);
  const isInFlow = ancestors.some((node) => isCollection(node) && node.flow);
  const parent = ancestors.at(-1);
  const pair = isPair(parent) ? (parent as Pair) : undefined;
  const collection = pair ? ancestors.at(-2) : parent;
  const isPlain = !pair || !isExplicit(pair);
  const range = rangeOf(alias);
  if (isInFlow || !isPlain || (!isMap(collection) && !isSeq(collection))) {
    splices.push({ ...range, text: flowText(value) });
  } else if (!isCollection(resolved)) {
    const slot = { node: alias, resolved, range, isInFlow, parentIndent: indentOf(collection) };
    splices.push(...scalarSplices(source, slot, value as Primitive));
  } else if (pair && resolved.items.length > 0) {
    fillPair(context, { isInFlow, indent: indentOf(collection) }, pair, value);
  } else {
    splices.push({ ...range, text: flowText(value) });
  }
}

function forcedAliases({ changes }: MapChange): unknown[] {
  return changes.flatMap((change) => {
    if (change.kind === 'alias') return [change.pair.value];
    if (change.kind === 'items') {
      return [...change.diff.changed.values()].flatMap((item) => forcedAliases(item.change));
    }
    return change.kind === 'map' ? forcedAliases(change.change) : [];
  });
}

/** Nodes that will be edited or removed, and the collections that hold them. */
function touchedNodes(change: MapChange, touched = new Set<unknown>()): ReadonlySet<unknown> {
  const touchAll = (node: unknown): void => {
    if (node) visit(node as Node, (_, inner) => void touched.add(inner));
  };
  touched.add(change.map);
  for (const each of change.changes) {
    switch (each.kind) {
      case 'add':
      case 'alias':
        break;
      case 'map':
        touchedNodes(each.change, touched);
        break;
      case 'list':
        touched.add(each.list);
        for (const index of each.diff.removed) touchAll(each.list.items[index]);
        for (const index of each.diff.replaced.keys()) touchAll(each.list.items[index]);
        break;
      case 'items':
        touched.add(each.list);
        for (const index of each.diff.removed) touchAll(each.list.items[index]);
        for (const [index, { change }] of each.diff.changed) {
          if (isInPlace(change)) touchedNodes(change, touched);
          else touchAll(each.list.items[index]);
        }
        break;
      case 'fill':
      case 'scalar':
        touchAll(each.pair.value);
        break;
      case 'remove':
      case 'rewrite':
        touchAll(each.pair.key);
        touchAll(each.pair.value);
        break;
    }
  }
  return touched;
}
