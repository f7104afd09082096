import { createHttpError } from '../../../../kit/strapi-utils';
import type { Precondition } from '../../../../shared';

/**
 * Checks a precondition (RFC 9110, section 13.2.2). A document that is only a draft has no
 * published entity tag, but it exists.
 *
 * @throws an error with status 412.
 */
export function assertPrecondition(
  { ifMatch, ifNoneMatch }: Precondition = {},
  { etag, isThere }: { etag: string | undefined; isThere: boolean }
): void {
  const isListed = (tags: readonly string[] | '*') =>
    Boolean(etag) && (tags === '*' || tags.includes(String(etag)));
  if (ifMatch && !isListed(ifMatch)) {
    throw createHttpError(
      412,
      etag
        ? `The document has changed meanwhile, its ETag is "${etag}-md" now: get it again, then send your change`
        : 'There is no such document to match: leave If-Match out to create it'
    );
  }
  if (ifNoneMatch && (ifNoneMatch === '*' ? isThere : isListed(ifNoneMatch))) {
    throw createHttpError(412, 'The document already exists: send If-Match with its ETag');
  }
}
