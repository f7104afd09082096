/**
 * How servers may repeat a text that they were sent: percent-encoded, escaped as in JSON, HTML or
 * JavaScript, as base64 or in hexadecimal digits. Texts are compared as UTF-8 bytes, one character
 * per byte, because most of these encodings work on bytes.
 */

/** A text as bytes, each with its position in the original; one more position marks the end. */
export interface Reading {
  bytes: string;
  places: readonly number[];
}

/** A text may be encoded again on its way back: `%252F`. */
const MAX_DEPTH = 3;

const ESCAPE = [
  /%(?<percent>[0-9a-f]{2})|\\x(?<byte>[0-9a-f]{2})/,
  /(?<units>\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|\\u[0-9a-f]{4})/,
  /&#x(?<hex>[0-9a-f]{1,5});|&#(?<decimal>\d{1,6});|&(?<entity>amp|lt|gt|quot|apos);/,
  /\\(?<escaped>["'/\\])/,
]
  .map(({ source }) => source)
  .join('|');
const ANY_ESCAPE = new RegExp(ESCAPE, 'i');
const ESCAPE_OR_BYTE = new RegExp(`${ESCAPE}|[^]`, 'gi');
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Returns the text as it is, and with its escapes resolved once or several times. */
export const readingsOf = (text: string): Reading[] =>
  resolutionsOf(text).map(({ bytes, places }) => ({ bytes: fold(bytes), places }));

/** Returns what to look for in the readings of another text that may contain this one. */
export function spellingsOf(text: string): string[] {
  const plain = resolutionsOf(text).map(({ bytes }) => bytes);
  return [...plain, ...plain.flatMap(encodingsOf)].map(fold);
}

/** @returns `undefined` unless the text is base64, with or without padding, of a readable text. */
export function decodeBase64(text: string): string | undefined {
  try {
    const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const decoded = decoder.decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
    return /\p{Cc}/u.test(decoded) ? undefined : decoded;
  } catch {
    return undefined; // most texts are not
  }
}

/** Ignores case, and treats `+` as the space that it encodes in a form. */
const fold = (bytes: string): string => bytes.toLowerCase().replaceAll('+', ' ');

function resolutionsOf(text: string): Reading[] {
  const characters = text.matchAll(/[^]/gu);
  const pieces = Array.from(characters, ({ 0: one, index }) => [utf8(one), index] as const);
  let reading = assemble(pieces, text.length);
  const found = [reading];
  while (found.length <= MAX_DEPTH && ANY_ESCAPE.test(reading.bytes)) {
    reading = resolveEscapes(reading);
    found.push(reading);
  }
  return found;
}

function resolveEscapes({ bytes, places }: Reading): Reading {
  const placeOf = (index: number): number => places[index] ?? 0;
  const pieces = Array.from(
    bytes.matchAll(ESCAPE_OR_BYTE),
    ({ 0: written, index, groups = {} }) => [meaningOf(groups) ?? written, placeOf(index)] as const
  );
  return assemble(pieces, placeOf(bytes.length));
}

const assemble = (pieces: (readonly [bytes: string, place: number])[], end: number): Reading => ({
  bytes: pieces.map(([bytes]) => bytes).join(''),
  places: [...pieces.flatMap(([bytes, place]) => Array.from(bytes, () => place)), end],
});

/** @returns `undefined` if no escape was found. */
function meaningOf(groups: Record<string, string | undefined>): string | undefined {
  const { percent, byte = percent, units, hex, decimal, entity, escaped } = groups;
  if (byte) return String.fromCharCode(parseInt(byte, 16));
  if (units) {
    const codes = units.match(/[0-9a-f]{4}/gi) ?? [];
    return utf8(String.fromCharCode(...codes.map((code) => parseInt(code, 16))));
  }
  if (hex) return utf8(String.fromCodePoint(parseInt(hex, 16)));
  if (decimal) return utf8(String.fromCodePoint(Number(decimal)));
  return entity ? ENTITIES[entity.toLowerCase()] : escaped;
}

const encoder = new TextEncoder();
const utf8 = (text: string): string => String.fromCharCode(...encoder.encode(text));

/** Returns hexadecimal digits, and base64 in both alphabets for any start in a longer text. */
function encodingsOf(bytes: string): string[] {
  const digits = Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0'));
  const base64 = [0, 1, 2].map((before) => {
    const encoded = btoa('\0'.repeat(before) + bytes);
    // The first and the last character may contain bits of adjacent bytes.
    const end = Math.floor(((before + bytes.length) * 8) / 6);
    return encoded.slice(Math.ceil((before * 8) / 6), end);
  });
  const forUrls = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  return [digits.join(''), ...base64, ...forUrls];
}
