/** One replacement in a text. `start === end` inserts. */
export interface Splice {
  start: number;
  end: number;
  text: string;
}

/**
 * Applies splices that do not overlap. All positions refer to the original text. At the same
 * position, insertions come first, in the given order.
 */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const ordered = [...splices].sort(
    (a, b) => a.start - b.start || Number(a.end > a.start) - Number(b.end > b.start)
  );
  const parts: string[] = [];
  let position = 0;
  for (const splice of ordered) {
    parts.push(text.slice(position, splice.start), splice.text);
    position = Math.max(position, splice.end);
  }
  return parts.join('') + text.slice(position);
}

export const insert = (at: number, text: string): Splice => ({ start: at, end: at, text });

export const remove = (start: number, end: number): Splice => ({ start, end, text: '' });
