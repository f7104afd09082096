import { UsageError } from './errors';

/**
 * Returns the named collection, or all of them.
 *
 * @throws UsageError if there is no such collection.
 */
export function chooseCollections<T extends { collection: string }>(
  collections: readonly T[],
  name: string | undefined
): readonly T[] {
  if (name === undefined) return collections;
  const chosen = collections.find(({ collection }) => collection === name);
  if (chosen) return [chosen];
  const names = collections.map(({ collection }) => collection).join(', ') || 'none';
  throw new UsageError(`There is no collection '${name}'. Collections: ${names}`);
}
