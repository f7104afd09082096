import { UsageError } from './errors';

/** @throws UsageError if there is no such collection, or several and none is named. */
export function chooseCollection<T extends { collection: string }>(
  collections: readonly T[],
  name: string | undefined
): T {
  const chosen = name
    ? collections.find(({ collection }) => collection === name)
    : collections.length === 1 && collections[0];
  if (chosen) return chosen;
  const names = collections.map(({ collection }) => collection).join(', ') || 'none';
  throw new UsageError(
    name
      ? `There is no collection '${name}': there is ${names}`
      : `Name a collection: use --collection with one of ${names}`
  );
}
