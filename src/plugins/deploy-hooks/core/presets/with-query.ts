/**
 * The address with what a preset adds. What an operator wrote there stays.
 *
 * @param url An absolute one.
 */
export function withQuery(url: string, query: Readonly<Record<string, string>>): string {
  const whole = new URL(url);
  const missing = Object.entries(query).filter(([name]) => !whole.searchParams.has(name));
  // Whatever is set writes the whole query anew: one that needs nothing is left as it was signed.
  for (const [name, value] of missing) whole.searchParams.set(name, value);
  return whole.href;
}
