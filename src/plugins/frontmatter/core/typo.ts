import { closest, distance } from 'fastest-levenshtein';

/** A typo changes, adds or drops a letter or two; anything further away is another word. */
const MAX_TYPO_DISTANCE = 2;

/** Returns the known word that was probably meant. */
export function likelyMeant(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const candidate = closest(word, known as string[]); // it only reads them
  return distance(word, candidate) <= MAX_TYPO_DISTANCE ? candidate : undefined;
}
