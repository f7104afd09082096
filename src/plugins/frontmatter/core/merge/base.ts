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
 * The text that the author of a file most likely began with: of those that the CMS knows, the one
 * that differs from the file in the fewest parts, and among these in the fewest unknown keys.
 *
 * Often several are as close, as when the author edited just what an editor edited too. Then the
 * text that came last from, or went last to, the outside is it, and not `now`: with `now` the edit
 * of the editor would seem to be known to the author, and would be overwritten without a word.
 */
export function closestText(texts: Texts): ParsedFile {
  const { shape, file, now, source, history } = texts;
  const recent = [source ?? history[0] ?? now, now];
  const others = history.filter((text) => !recent.includes(text));
  const nearest = fewest([...recent, ...others], partDistance(shape, file));
  const tied = fewest(nearest, unknownDistance(shape, file));

  const tiedRecent = tied.filter((text) => recent.includes(text));
  const tiedOthers = tied.filter((text) => !recent.includes(text));
  const [first] = tiedRecent;
  const isEditOf = (text: ParsedFile): boolean => differOnlyInValues(shape, text, file);
  // An old checkout shows in comments and layout too, even where the values do not tell.
  const isRecent = tiedOthers.length === 0 || tiedRecent.some(isEditOf);
  if (first && isRecent) return first;
  return tiedOthers.find(isEditOf) ?? first ?? tiedOthers[0] ?? now;
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
