/**
 * Whether a file contains every change of the CMS to a list or to the lines of a text: what was
 * added is present, what was removed is absent, and the order is the same. If so, its author
 * started from `now` rather than from `base`, and applying the value of the file undoes nothing.
 */
export function includesChange({ base, file, now }: Record<'base' | 'file' | 'now', unknown>) {
  const [before, ours, theirs] = [base, file, now].map(itemsOf);
  if (!before || !ours || !theirs) return false;
  const [countBefore, countOurs, countTheirs] = [before, ours, theirs].map(counter) as Counters;
  const changed = [...new Set([...before, ...theirs])].filter(
    (item) => countBefore(item) !== countTheirs(item)
  );
  const isAdded = (item: string): boolean => countTheirs(item) > countBefore(item);
  const isTaken = (item: string): boolean =>
    isAdded(item) ? countOurs(item) >= countTheirs(item) : countOurs(item) <= countTheirs(item);
  const kept = theirs.filter((item) => countOurs(item) > 0);
  // Without an addition, what is missing or in another order may be so by coincidence.
  return changed.some(isAdded) && changed.every(isTaken) && isSubsequence(kept, ours);
}

/** The items of a list, or the lines of a text that are not blank. */
function itemsOf(value: unknown): string[] | undefined {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.map((item) => JSON.stringify(item));
  if (typeof value !== 'string') return undefined;
  return value.split('\n').filter((line) => line.trim() !== '');
}

type Counter = (item: string) => number;
type Counters = [Counter, Counter, Counter];

/** Counts all items once: a body may have a hundred thousand lines. */
function counter(items: readonly string[] = []): Counter {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return (item) => counts.get(item) ?? 0;
}

function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let found = 0;
  for (const item of whole) if (item === part[found]) found += 1;
  return found === part.length;
}
