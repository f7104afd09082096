import { unknownKeys } from '../meaning';
import type { ParsedFile } from '../read/parse';
import type { Shape } from '../shape';
import { differOnlyInValues } from './outside';
import { contentOf, differingParts, partsOf } from './parts';

interface Texts {
  shape: Shape;
  file: ParsedFile;
  now: ParsedFile;
  source?: ParsedFile | undefined;
  lastFile?: ParsedFile | undefined;
  history: readonly ParsedFile[];
}

/**
 * Returns the texts that the author of a file may have started from, oldest first: those known to
 * the CMS that differ from the file in the fewest parts, among these in the fewest unknown keys,
 * and among these the ones whose comments and layout the file still has.
 *
 * Often several are equally close, for example if the author edited the same key as an editor.
 * Nothing distinguishes them, so the merge has to be right for each. If one of them was imported
 * last or published since, two kinds are left out: a draft that nobody outside has seen, and an
 * older text that differs from the file in the same parts. Otherwise files could not edit a key
 * twice.
 */
export function possibleBases({
  shape,
  file,
  now,
  source,
  lastFile,
  history,
}: Texts): ParsedFile[] {
  const end = history.findLastIndex((text) => text.source.text === source?.source.text);
  const since = source ? history.slice(0, Math.max(end, 0)) : history;
  const recent = [lastFile, source, ...since.toReversed()].filter((text) => text !== undefined);
  const older = history.filter((text) => !recent.includes(text)).toReversed();

  const differences = differencesFrom(shape, file);
  const nearest = fewest([...older, ...recent, now], (text) => differences(text).length);
  const tied = fewest(nearest, unknownDistance(shape, file));
  const edited = tied.filter((text) => differOnlyInValues(shape, text, file));
  const likely = edited.length > 0 ? edited : tied;
  const likelyRecent = likely.filter((text) => recent.includes(text));
  if (likelyRecent.length === 0) return likely;
  const explained = new Set(likelyRecent.map((text) => differences(text).join()));
  const isUnexplained = (text: ParsedFile) => !explained.has(differences(text).join());
  return likely.filter(
    (text) => likelyRecent.includes(text) || (older.includes(text) && isUnexplained(text))
  );
}

function fewest(
  texts: readonly ParsedFile[],
  distance: (text: ParsedFile) => number
): ParsedFile[] {
  const measured = texts.map((text) => ({ text, distance: distance(text) }));
  const least = Math.min(...measured.map((each) => each.distance));
  return measured.filter((each) => each.distance === least).map(({ text }) => text);
}

/** Paths of the parts in which a text differs from the file. */
function differencesFrom(shape: Shape, file: ParsedFile): (text: ParsedFile) => string[] {
  const parts = partsOf(shape);
  const wanted = contentOf(shape, file);
  return (text) =>
    differingParts(parts, contentOf(shape, text), wanted).map(({ path }) => path.join('.'));
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
