import { uniq } from 'es-toolkit';
import { decodeBase64, readingsOf, spellingsOf, type Reading } from './spellings';

const MASK = '•••';
/** Shorter ones are no secrets, and would mask half of a text. */
const MIN_LENGTH = { whole: 6, part: 8 };

/** An escape of one character, at which a text was cut. */
const UNFINISHED_ESCAPE = /(?:%[0-9a-f]?|\\(?:[ux][0-9a-f]{0,3})?|&#?\w{0,6})$/i;

/** All that a request holds and that nobody may read in what is kept of its answer. */
export interface Confidential {
  url: string;
  headers: Record<string, string>;
  secrets: readonly string[];
}

type Range = readonly [from: number, to: number];

/**
 * Masks what a site says of a request in its answer: the URL, values of headers and secrets, whole
 * or in parts, and however it encodes or decodes them.
 *
 * @param text May end within a secret, where it was cut.
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
    // One that begins within another one, or right after it, is masked with it.
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

/** Where in the original text a secret is, or where it begins if the text was cut within it. */
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
