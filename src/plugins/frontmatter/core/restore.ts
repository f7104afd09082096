import { composed, contentOf, isSamePart, partsOf, type Part } from './merge/parts';
import { patchParsed } from './patch';
import type { ParsedFile } from './read/parse';
import type { Shape } from './shape';

/** Returns what can be restored: not the dates and the state, which publishing decides. */
function restorableParts(shape: Shape): Part[] {
  const decided = [shape.dates?.published, shape.dates?.modified];
  const isDecided = (path: readonly string[]): boolean => {
    const leaf = shape.leaves.find((each) => each.path === path);
    return leaf?.field.kind === 'state' || decided.includes(leaf?.attribute.join('.'));
  };
  return partsOf(shape).filter(({ path }) => !isDecided(path));
}

/** Returns dotted paths of keys, and the attribute of the body, that differ in an older text. */
export function restorablePaths(shape: Shape, now: ParsedFile, old: ParsedFile): string[] {
  const [ours, theirs] = [contentOf(shape, now), contentOf(shape, old)];
  return restorableParts(shape)
    .filter((part) => !isSamePart(part, ours, theirs))
    .map(({ path }) => path.join('.'));
}

/** Returns a text with the values of an older one under some paths; everything else in it stays. */
export function restoredText(
  shape: Shape,
  { now, old }: { now: ParsedFile; old: ParsedFile },
  paths: readonly string[]
): string {
  const [ours, theirs] = [contentOf(shape, now), contentOf(shape, old)];
  const wanted = composed(partsOf(shape), ({ path }) =>
    paths.includes(path.join('.')) ? theirs : ours
  );
  return patchParsed(shape, now, wanted);
}
