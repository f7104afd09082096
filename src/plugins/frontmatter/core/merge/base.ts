import { unknownKeys } from '../meaning';
import type { ParsedFile } from '../read/parse';
import type { Shape } from '../shape';
import { differOnlyInValues } from './outside';
import { contentOf, isSamePart, partsOf } from './parts';

interface Texts {
  shape: Shape;
  file: ParsedFile;
  now: ParsedFile;
  source?: ParsedFile | undefined;
  history: readonly ParsedFile[];
}

/**
 * The texts that the author of a file may have begun with, the oldest first: of those that the CMS
 * knows, the ones that differ from the file in the fewest parts, among these in the fewest unknown
 * keys, and among these the ones whose comments and layout the file still has.
 *
 * Often several are as close, as when the author edited just what an editor edited too, and nothing
 * tells them apart: the merge has to be right for each. Where a text is as close that went in last
 * or out since, two kinds are left out: texts from before, or no key could be edited in files twice,
 * and a draft that nobody outside has seen.
 */
export function possibleBases({ shape, file, now, source, history }: Texts): ParsedFile[] {
  const end = history.findLastIndex((text) => text.source.text === source?.source.text);
  const since = source ? history.slice(0, Math.max(end, 0)) : history;
  const recent = [...(source ? [source] : []), ...since.toReversed()];
  const older = history.filter((text) => !recent.includes(text)).toReversed();

  const nearest = fewest([...older, ...recent, now], partDistance(shape, file));
  const tied = fewest(nearest, unknownDistance(shape, file));
  const edited = tied.filter((text) => differOnlyInValues(shape, text, file));
  const likely = edited.length > 0 ? edited : tied;
  const likelyRecent = likely.filter((text) => recent.includes(text));
  return likelyRecent.length > 0 ? likelyRecent : likely;
}

function fewest(
  texts: readonly ParsedFile[],
  distance: (text: ParsedFile) => number
): ParsedFile[] {
  const measured = texts.map((text) => ({ text, distance: distance(text) }));
  const least = Math.min(...measured.map((each) => each.distance));
  return measured.filter((each) => each.distance === least).map(({ text }) => text);
}

function partDistance(shape: Shape, file: ParsedFile): (text: ParsedFile) => number {
  const parts = partsOf(shape);
  const wanted = contentOf(shape, file);
  return (text) => {
    const content = contentOf(shape, text);
    return parts.filter((part) => !isSamePart(part, content, wanted)).length;
  };
}

function unknownDistance(shape: Shape, file: ParsedFile): (text: ParsedFile) => number {
  const wanted = unknownTexts(shape, file);
  return (text) => {
    const present = unknownTexts(shape, text);
    const paths = new Set([...wanted.keys(), ...present.keys()]);
    return [...paths].filter((path) => wanted.get(path) !== present.get(path)).length;
  };
}

const unknownTexts = (shape: Shape, { data }: ParsedFile): Map<string, string> =>
  new Map(
    unknownKeys(shape.keys, data).map(([path, value]) => [
      JSON.stringify(path),
      JSON.stringify(value),
    ])
  );
