import { UsageError } from './errors';

/**
 * The named collection, or all.
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
  throw new UsageError(`There is no collection '${name}': there is ${names}`);
}
