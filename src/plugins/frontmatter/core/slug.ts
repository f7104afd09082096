/** What Strapi's `uid` attribute accepts, less a leading dot: a slug is a file name and a part of a URL. */
export const SLUG_PATTERN = /^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$/;
export const MAX_SLUG_LENGTH = 255;

/** `GET /api/frontmatter/:collection/lint` is no document. */
const RESERVED_SLUGS = ['lint'];

export const isSlug = (text: string): boolean =>
  text.length <= MAX_SLUG_LENGTH && SLUG_PATTERN.test(text) && !RESERVED_SLUGS.includes(text);

export const SLUG_RULE = `use at most 255 letters, digits, hyphens, dots, underscores and tildes, no dot at the beginning, and not ${RESERVED_SLUGS.join(', ')}`;
