/** Reserved for the connection, the sender or the signature. */
const FORBIDDEN_NAMES = [
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];
const FORBIDDEN_PREFIXES = ['proxy-', 'webhook-'];

/** `token` of RFC 9110, section 5.6.2. */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Limit of one header; servers commonly accept 8 or 16 kB for all of them. */
const MAX_LENGTH = 4_096;

/**
 * Returns why a hook may not send a header.
 *
 * @returns What is wrong and what to do, without the value: it may be a secret.
 */
export function headerProblem(name: string, value: string): string | undefined {
  if (!NAME.test(name)) {
    return 'a header name consists of letters, digits and hyphens: no spaces, colons or line breaks';
  }
  const lowerName = name.toLowerCase();
  const prefix = FORBIDDEN_PREFIXES.find((forbidden) => lowerName.startsWith(forbidden));
  if (FORBIDDEN_NAMES.includes(lowerName) || prefix) {
    return `${prefix ? `headers ${prefix}…` : lowerName} cannot be set by a hook: remove it`;
  }
  const wrong = [...value].find((character) => !isAllowed(character));
  if (wrong !== undefined) {
    return `its value holds ${codePointOf(wrong)}: use only printable characters of ISO 8859-1`;
  }
  if (name.length + value.length > MAX_LENGTH) {
    return `is longer than ${MAX_LENGTH} characters: shorten it`;
  }
  return undefined;
}

/** RFC 9110, section 5.5: `field-vchar`, spaces and tabs; characters above U+00FF fit no byte. */
const isAllowed = (character: string): boolean => /^[\t\x20-\x7e\x80-\xff]$/.test(character);

const codePointOf = (character: string): string =>
  `the character U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
