/** An item to write: a new one, or a source item that moves. */
export interface NewItem {
  value: string;
  /** Index of the source item that moves here. */
  movedFrom?: number;
}

export interface ListDiff {
  /** Indexes of the source items that are removed, including those that move. */
  removed: ReadonlySet<number>;
  /** By index of the source item that they follow; -1 for the beginning. */
  inserted: ReadonlyMap<number, NewItem[]>;
  /** By index of the source item whose text changes in place. */
  replaced: ReadonlyMap<number, string>;
}

/** Pairs tried per item; keeps lists that repeat one item thousands of times linear. */
const MAX_CANDIDATES = 50;

/**
 * Returns what turns one list into another with the fewest changed lines; `undefined` if equal.
 *
 * @param isUnique Whether repeats have no meaning. If so, repeats in the source are not a
 * difference, and an item is removed with all its occurrences.
 */
export function diffList(
  source: readonly string[],
  wanted: readonly string[],
  { isUnique }: { isUnique: boolean }
): ListDiff | undefined {
  const firsts = isUnique ? firstIndexes(source) : source.map((_, index) => index);
  const from = firsts.map((index) => source[index] as string);
  const to = isUnique ? [...new Set(wanted)] : [...wanted];
  if (from.length === to.length && from.every((item, index) => item === to[index])) {
    return undefined;
  }

  const matches = longestCommonSubsequence(from, to);
  const kept = new Map(matches.map(([a, b]) => [b, firsts[a] as number]));
  const keptIndexes = new Set(kept.values());
  const removed = new Set(firsts.filter((index) => !keptIndexes.has(index)));
  const inserted = new Map<number, NewItem[]>();
  const movable = indexesByItem(source, removed);
  /** Index that a moved item follows; its repeats up to there are removed, or would come first. */
  const movedAfter = new Map<string, number>();
  let after = -1;
  to.forEach((value, index) => {
    const keptIndex = kept.get(index);
    if (keptIndex !== undefined) {
      after = keptIndex;
      return;
    }
    const movedFrom = movable.get(value)?.shift();
    const item = { value, ...(movedFrom !== undefined && { movedFrom }) };
    pushTo(inserted, after, item);
    if (isUnique) movedAfter.set(value, after);
  });
  if (isUnique) removeRepeats(source, to, { removed, movedAfter });
  return { removed, inserted, replaced: new Map() };
}

/** Turns removals next to equally many insertions into changes in place. */
export function withReplacements(diff: ListDiff, length: number): ListDiff {
  const removed = new Set(diff.removed);
  const inserted = new Map(diff.inserted);
  const replaced = new Map<number, string>();
  for (const [after, items] of diff.inserted) {
    let end = after + 1;
    while (end < length && diff.removed.has(end)) end += 1;
    const isSameSize = end - after - 1 === items.length;
    if (!isSameSize || items.some((item) => item.movedFrom !== undefined)) continue;
    inserted.delete(after);
    items.forEach((item, index) => {
      removed.delete(after + 1 + index);
      replaced.set(after + 1 + index, item.value);
    });
  }
  return { removed, inserted, replaced };
}

function removeRepeats(
  source: readonly string[],
  wanted: readonly string[],
  diff: { removed: Set<number>; movedAfter: ReadonlyMap<string, number> }
): void {
  const isWanted = new Set(wanted);
  source.forEach((item, index) => {
    const after = diff.movedAfter.get(item);
    if (!isWanted.has(item) || (after !== undefined && index <= after)) diff.removed.add(index);
  });
}

function firstIndexes(items: readonly string[]): number[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    if (seen.has(item)) return [];
    seen.add(item);
    return [index];
  });
}

function indexesByItem(items: readonly string[], among: ReadonlySet<number>) {
  const indexes = new Map<string, number[]>();
  for (const index of [...among].sort((a, b) => a - b)) {
    const item = items[index] as string;
    pushTo(indexes, item, index);
  }
  return indexes;
}

function pushTo<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

interface Match {
  pair: [number, number];
  previous: Match | undefined;
}

/**
 * Returns pairs of indexes of the items that stay, by the algorithm of Hunt and Szymanski (1977):
 * the longest increasing run over the indexes of each item in the other list.
 */
function longestCommonSubsequence(
  from: readonly string[],
  to: readonly string[]
): [number, number][] {
  const places = indexesByItem(to, new Set(to.keys()));
  const ends: Match[] = []; // by length of the run - 1, the one whose last index in `to` is lowest
  from.forEach((item, a) => {
    // From the last candidate to the first, so that an item of `from` extends a run only once.
    for (const b of nearest(places.get(item) ?? [], a).reverse()) {
      const length = lowerBound(ends, ({ pair }) => pair[1] < b);
      ends[length] = { pair: [a, b], previous: ends[length - 1] };
    }
  });
  const matches: [number, number][] = [];
  for (let match = ends.at(-1); match; match = match.previous) matches.push(match.pair);
  return matches.reverse();
}

/** Those of increasing indexes that are nearest to another index, at most `MAX_CANDIDATES`. */
function nearest(indexes: readonly number[], to: number): number[] {
  const at = lowerBound(indexes, (index) => index < to);
  const start = Math.max(0, at - MAX_CANDIDATES);
  return indexes
    .slice(start, at + MAX_CANDIDATES)
    .sort((x, y) => Math.abs(x - to) - Math.abs(y - to))
    .slice(0, MAX_CANDIDATES)
    .sort((x, y) => x - y);
}

/** Number of items that pass, given that these come first. */
function lowerBound<T>(items: readonly T[], passes: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(items[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}
