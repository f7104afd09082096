const withLf = (text: string): string => text.replaceAll('\r\n', '\n');
const withCrlf = (text: string): string => withLf(text).replaceAll('\n', '\r\n');

/** Whether two texts differ in line endings only, as after a checkout on another system. */
export const isSameButLineEnds = (one: string, other: string): boolean =>
  withLf(one) === withLf(other);

/** Returns the variants of a text with the line endings that any system may have saved. */
export const lineEndVariants = (text: string): string[] => [
  ...new Set([text, withLf(text), withCrlf(text)]),
];

/** Returns a text with the line endings of the one that it replaces, if those are all the same. */
export function withLineEndsOf(before: string, text: string): string {
  if (isSameButLineEnds(before, text)) return before;
  if (!before.includes('\n')) return text;
  const variant = [withLf, withCrlf].find((change) => change(before) === before);
  return variant ? variant(text) : text;
}
