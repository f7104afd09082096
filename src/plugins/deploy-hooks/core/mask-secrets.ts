import { escape, escapeRegExp } from 'es-toolkit';

const MASK = '•••';
/** Shorter ones are no secrets, and would mask half of a text. */
const MIN_LENGTH = { whole: 6, part: 8 };

/** All that a request holds and that nobody may read in what is kept of its answer. */
export interface Confidential {
  url: string;
  headers: Record<string, string>;
  secrets: readonly string[];
}

/**
 * Masks what a site says of a request in its answer: the URL, values of headers and secrets, whole
 * or in parts, and as JSON, HTML or a URL spells them.
 *
 * @param text May end within a secret, where it was cut.
 */
export function maskSecrets(text: string, confidential: Confidential): string {
  const spellings = [...new Set(secretsIn(confidential).flatMap(spellingsOf))]
    // One that begins with another one is masked as a whole.
    .sort((one, other) => other.length - one.length);
  if (spellings.length === 0) return text;
  const masked = text.replace(new RegExp(spellings.map(escapeRegExp).join('|'), 'gi'), MASK);
  const cut = Math.max(0, ...spellings.map((spelling) => begunAtEnd(masked, spelling)));
  return cut === 0 ? masked : masked.slice(0, -cut) + MASK;
}

function secretsIn({ url: text, headers, secrets }: Confidential): string[] {
  const url = new URL(text);
  const path = url.pathname + url.search;
  return [
    ...[...Object.values(headers), ...secrets].filter((value) => value.length >= MIN_LENGTH.whole),
    ...[
      ...[
        text,
        url.href,
        url.host + path,
        path,
        url.pathname,
        ...url.pathname.split('/'),
        ...url.searchParams.values(),
      ],
      // `Bearer …`, `session=…; …`
      ...Object.values(headers).flatMap((value) => value.split(/[\s;,=]+/)),
      // `whsec_…`
      ...secrets.map((secret) => secret.slice(secret.indexOf('_') + 1)),
    ].filter((part) => part.length >= MIN_LENGTH.part),
  ];
}

const spellingsOf = (secret: string): string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  secret.replaceAll('/', '\\/'), // JSON of PHP
  encodeURIComponent(secret.toWellFormed()),
  escape(secret),
];

/** How many characters at the end of a text are the beginning of a secret. */
function begunAtEnd(text: string, secret: string): number {
  for (let length = secret.length - 1; length >= MIN_LENGTH.whole; length--) {
    if (text.endsWith(secret.slice(0, length))) return length;
  }
  return 0;
}
