import { quote } from '../fields/field';

/**
 * The characters of windows-1252 for the bytes 0x80–0x9F; the code of every other one is its byte
 * (https://encoding.spec.whatwg.org/#windows-1252). They are written out because `TextDecoder`
 * returns others in many versions of Node.js (https://github.com/nodejs/node/issues/60888).
 */
const FROM_80_TO_9F = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';
const bytes = new Map([...FROM_80_TO_9F].map((character, index) => [character, 0x80 + index]));
const byteOf = (character: string): number => bytes.get(character) ?? character.charCodeAt(0);

/** A wrongly decoded UTF-8 character: its first byte, and as many more as that one announces. */
const MORE = `[${FROM_80_TO_9F}\u0080-\u00BF]`;
const SEQUENCE = new RegExp(`[Â-ß]${MORE}|[à-ï]${MORE}{2}|[ð-ô]${MORE}{3}`, 'g');

/** What may follow a letter in correct text: „Spaß“, « café », ÉTÉ…, víš…, José™, salarié €. */
const NATURAL = /^(?:\u00A0.*|[‘’“”«»‹›…–—™®©°ºª¹²³ŠšŽž]+)$/;
const CLOSING = /^[‘’“”«»‹›…–—]$/;
const OPENING = /^[‘‚“„«»‹›"'([]$/;
const LETTER = /^\p{L}/u;
const CAPITAL = /^\p{Lu}/u;
const SMALL = /^\p{Ll}/u;

/** How much of the surrounding words is shown, in UTF-16 code units. */
const MARGIN = 12;

export interface WronglyDecoded {
  /** Position in the text, in UTF-16 code units. */
  index: number;
  /** It and the words around it; `…` where the text continues. */
  excerpt: string;
  /** The excerpt as it probably was before. */
  repaired: string;
}

/**
 * Finds the first part of a text that was probably UTF-8 and decoded as windows-1252, such as `â€™`
 * for `’`. Skips what could also be a letter with the punctuation after it.
 */
export function findWronglyDecoded(text: string): WronglyDecoded | undefined {
  const spots: Spot[] = [];
  let end = 0;
  for (const spot of spotsOf(text)) {
    if (spots.length > 0 && spot.start >= end) break;
    if (isGoodText(text, spot)) continue;
    spots.push(spot);
    end = spot.end + lengthOf(/^\S*/, text.slice(spot.end, spot.end + MARGIN));
  }
  const index = spots[0]?.start;
  if (index === undefined) return undefined;
  const start = index - lengthOf(/\S*$/, text.slice(Math.max(0, index - MARGIN), index));
  const excerptOf = (part: string) =>
    `${start > 0 ? '…' : ''}${part}${end < text.length ? '…' : ''}`;
  return {
    index,
    excerpt: excerptOf(text.slice(start, end)),
    repaired: excerptOf(repaired(text, { start, end, spots })),
  };
}

export const wronglyDecodedMessage = ({ excerpt, repaired }: WronglyDecoded): string =>
  `${quote(excerpt)} looks wrongly decoded (perhaps ${quote(repaired)}): it is kept as it is`;

/** Consecutive characters that can be decoded as UTF-8. */
interface Spot {
  start: number;
  end: number;
  decoded: string;
}

function* spotsOf(text: string): Generator<Spot> {
  let spot: Spot | undefined;
  for (const { 0: characters, index } of text.matchAll(SEQUENCE)) {
    const decoded = decodedFrom(characters);
    if (decoded === undefined) continue;
    if (spot?.end === index) {
      spot.end += characters.length;
      spot.decoded += decoded;
    } else {
      if (spot) yield spot;
      spot = { start: index, end: index + characters.length, decoded };
    }
  }
  if (spot) yield spot;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodedFrom(characters: string): string | undefined {
  try {
    return utf8.decode(Uint8Array.from(characters, byteOf));
  } catch {
    return undefined; // too long for its character, or half a surrogate pair
  }
}

/** Whether a spot may be a letter and what normally follows it. */
function isGoodText(text: string, { start, end, decoded }: Spot): boolean {
  if ([...decoded].length > 1) return false;
  const letter = text.charAt(start);
  const rest = text.slice(start + 1, end);
  if (rest.length > 1) return NATURAL.test(rest);
  const before = text.charAt(start - 1);
  const isWithinWord = LETTER.test(text.slice(end, end + 2));
  switch (letter) {
    case 'Â':
    case 'Ã':
      return CLOSING.test(rest) && !isWithinWord && (CAPITAL.test(before) || OPENING.test(before));
    case 'Ä':
    case 'Å':
      return NATURAL.test(rest) && !SMALL.test(before) && (!isWithinWord || rest === '’');
    case 'ß':
      return true;
    default:
      return !SMALL.test(before);
  }
}

function repaired(text: string, part: { start: number; end: number; spots: Spot[] }): string {
  let result = '';
  let done = part.start;
  for (const spot of part.spots) {
    result += text.slice(done, spot.start) + spot.decoded;
    done = spot.end;
  }
  return result + text.slice(done, part.end);
}

const lengthOf = (pattern: RegExp, text: string): number => pattern.exec(text)?.[0].length ?? 0;
