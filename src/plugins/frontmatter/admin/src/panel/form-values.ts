/**
 * Returns the values of a form as saving would send them: an entry that was chosen for a relation
 * has what the API accepts in `apiData`, next to what its field shows.
 */
export function toSaved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toSaved);
  if (typeof value !== 'object' || value === null) return value;
  if ('apiData' in value) return value.apiData;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toSaved(part)]));
}
