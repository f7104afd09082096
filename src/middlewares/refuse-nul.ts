import type { Core } from '@strapi/strapi';

const NUL = '\0';

/**
 * Answers 400 to requests that contain U+0000. PostgreSQL rejects this character in any text, which
 * Strapi would answer with 500.
 */
const refuseNul: Core.MiddlewareFactory = () => (ctx, next) => {
  const place = [
    ['the address', ctx.path],
    ['the query', ctx.query],
    ['the body', (ctx.request as { body?: unknown }).body], // set by strapi::body
  ].find(([, value]) => holdsNul(value));
  if (!place) return next();
  return ctx.badRequest(
    `${place[0]} holds the character U+0000, which cannot be stored: remove it`
  );
};

function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return decode(value).includes(NUL);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, part]) => key.includes(NUL) || holdsNul(part));
}

/** Decodes `%00` in a path, which is still percent-encoded; in other texts it is literal. */
const decode = (text: string): string =>
  text.startsWith('/') ? text.replaceAll('%00', NUL) : text;

export default refuseNul;
