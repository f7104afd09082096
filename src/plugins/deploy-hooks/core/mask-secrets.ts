import { uniq } from 'es-toolkit';
import { decodeBase64, readingsOf, spellingsOf, type Reading } from './spellings';

const MASK = '•••';
/** Shorter texts are not secrets, and masking them would hide half of an answer. */
const MIN_LENGTH = { whole: 6, part: 8 };

/** An incomplete escape of one character, at which a text was cut off. */
const UNFINISHED_ESCAPE = /(?:%[0-9a-f]?|\\(?:[ux][0-9a-f]{0,3})?|&#?\w{0,6})$/i;

/** Everything in a request that must not be readable in what is stored of its answer. */
export interface Confidential {
  url: string;
  headers: Record<string, string>;
  secrets: readonly string[];
}

type Range = readonly [from: number, to: number];

/**
 * Masks what a site repeats of a request in its answer: the URL, header values and secrets, whole
 * or in part, and however they are encoded or decoded.
 *
 * @param text May be cut off within a secret.
 */
export function maskSecrets(text: string, confidential: Confidential): string {
  if (text === '') return text;
  const wanted = uniq(uniq(secretsIn(confidential)).flatMap(spellingsOf)).filter(
    ({ length }) => length >= MIN_LENGTH.whole
  );
  const ranges = readingsOf(text).flatMap((reading) =>
    wanted.flatMap((spelling) => [...rangesOf(reading, spelling)])
  );
  let [masked, done] = ['', 0];
  for (const [from, to] of ranges.sort(([one], [other]) => one - other)) {
    // A range that begins within another one, or right after it, shares its mask.
    if (from > done || masked === '') masked += text.slice(done, from) + MASK;
    done = Math.max(done, to);
  }
  return masked + text.slice(done);
}

function secretsIn({ url: text, headers, secrets }: Confidential): string[] {
  const url = new URL(text);
  const path = url.pathname + url.search;
  const values = Object.values(headers);
  const words = [
    // `Bearer …`, `session=…; …`
    ...values.flatMap((value) => value.split(/[\s;,=]+/)),
    // `whsec_…`
    ...secrets.map((secret) => secret.slice(secret.indexOf('_') + 1)),
  ];
  const parts = [
    ...[text, url.href, url.host + path, path, url.pathname, ...url.pathname.split('/')],
    // `?token=…`, `?…`
    ...url.search.split(/[?&]/).map((item) => item.slice(item.indexOf('=') + 1)),
    ...words,
    // `Basic …` of `user:password`
    ...words.flatMap((word) => {
      const decoded = decodeBase64(word);
      return decoded === undefined ? [] : [decoded, ...decoded.split(':')];
    }),
  ];
  return [
    ...[...values, ...secrets].filter(({ length }) => length >= MIN_LENGTH.whole),
    ...parts.filter(({ length }) => length >= MIN_LENGTH.part),
  ];
}

/** Yields where a secret is in the original text, even if the text was cut off within it. */
function* rangesOf({ bytes, places }: Reading, secret: string): Generator<Range> {
  const placeOf = (index: number): number => places[index] ?? 0;
  const begin = secret.slice(0, MIN_LENGTH.whole);
  const cutAt = bytes.search(UNFINISHED_ESCAPE);
  for (let at = bytes.indexOf(begin); at >= 0; at = bytes.indexOf(begin, at + 1)) {
    if (bytes.startsWith(secret, at)) yield [placeOf(at), placeOf(at + secret.length)];
    else if (
      [bytes.length, cutAt].some((end) => end > at && secret.startsWith(bytes.slice(at, end)))
    )
      yield [placeOf(at), placeOf(bytes.length)];
  }
}
