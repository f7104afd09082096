/** What Strapi's `uid` accepts, except a leading dot: a slug is a file name and a part of a URL. */
export const SLUG_PATTERN = /^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$/;
export const MAX_SLUG_LENGTH = 255;

/** `GET /api/frontmatter/:collection/lint` is not a document. */
const RESERVED_SLUGS = ['lint'];

/** `GET /api/frontmatter/:collection/backend.json` is the document `backend`. */
const RESERVED_ENDINGS = ['.json', '.yaml', '.md', '.zip'];

/** Ignores case in reserved words, as routes and many file systems do. */
export function isSlug(text: string): boolean {
  const lower = text.toLowerCase();
  return (
    text.length <= MAX_SLUG_LENGTH &&
    SLUG_PATTERN.test(text) &&
    !RESERVED_SLUGS.includes(lower) &&
    !RESERVED_ENDINGS.some((ending) => lower.endsWith(ending))
  );
}

export const SLUG_RULE = `use at most 255 letters, digits, hyphens, dots, underscores and tildes, no dot at the beginning, none of ${RESERVED_ENDINGS.join(', ')} at the end, and not ${RESERVED_SLUGS.join(', ')}`;
