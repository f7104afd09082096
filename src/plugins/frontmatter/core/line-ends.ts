const withLf = (text: string): string => text.replaceAll('\r\n', '\n');
const withCrlf = (text: string): string => withLf(text).replaceAll('\n', '\r\n');

/** Whether nothing but what ends their lines differs, as after a checkout on another system. */
export const isSameButLineEnds = (one: string, other: string): boolean =>
  withLf(one) === withLf(other);

/** A text as it may have been saved on any system. */
export const lineEndVariants = (text: string): string[] => [
  ...new Set([text, withLf(text), withCrlf(text)]),
];

/** A text with the line ends of the one that it replaces, if all of those are the same. */
export function withLineEndsOf(before: string, text: string): string {
  if (isSameButLineEnds(before, text)) return before;
  if (!before.includes('\n')) return text;
  const variant = [withLf, withCrlf].find((change) => change(before) === before);
  return variant ? variant(text) : text;
}
