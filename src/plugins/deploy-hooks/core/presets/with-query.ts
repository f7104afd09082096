/**
 * Returns the address with the parameters that a preset adds. Keeps those that an operator set.
 *
 * @param url An absolute URL.
 */
export function withQuery(url: string, query: Readonly<Record<string, string>>): string {
  const whole = new URL(url);
  const missing = Object.entries(query).filter(([name]) => !whole.searchParams.has(name));
  // Setting a parameter rewrites the whole query: a URL that lacks none stays exactly as it is.
  for (const [name, value] of missing) whole.searchParams.set(name, value);
  return whole.href;
}
