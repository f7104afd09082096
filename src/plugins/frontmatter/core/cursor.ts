/** A position in the sequence of publications. */
export interface Cursor {
  /** 0 before the first publication. */
  seq: number;
  /** 8 random hexadecimal digits of the publication at that position; empty before the first. */
  token: string;
}

/** The position before any publication. */
export const BEGIN: Cursor = { seq: 0, token: '' };

/** Formats a cursor as `17.f3a96c1e`, or as `0` before any publication. */
export const formatCursor = ({ seq, token }: Cursor): string =>
  seq === 0 ? '0' : `${seq}.${token}`;

/** @returns `undefined` for text that `formatCursor` never writes. */
export function parseCursor(text: string): Cursor | undefined {
  if (text === '0') return BEGIN;
  const [, seq, token] = /^([1-9]\d{0,14})\.([0-9a-f]{8})$/.exec(text) ?? [];
  return seq && token ? { seq: Number(seq), token } : undefined;
}
