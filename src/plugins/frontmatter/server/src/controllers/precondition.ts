import { errors } from '../../../kit/strapi-utils';
import type { Context } from 'koa';
import type { Precondition } from '../../../shared';
import { REPRESENTATIONS } from './representation';

/** An entity tag (RFC 9110, section 8.8.3), or an empty element of a list (section 5.6.1.2). */
const TAG = /[ \t]*(?:(?:W\/)?"([\x21\x23-\x7E\x80-\xFF]*)")?[ \t]*(?:,|$)/y;

/** Our entity tags. The envelope also shows the hash alone, and proxies append their encoding. */
const OWN = new RegExp(
  `^([0-9a-f]{32})(?:-(?:${REPRESENTATIONS.join('|')}))?(?:-(?:gzip|br|zstd))?$`
);

/**
 * Reads the precondition of a request (RFC 9110, section 13.1). The hash in our entity tags is that
 * of the file, the same in every representation, so any of their tags is accepted. So is a weak
 * one, which the standard excludes: a proxy that compresses an answer makes its tag weak, but the
 * file is still the same.
 *
 * @throws ValidationError if a header is not a list of entity tags.
 */
export function preconditionOf(ctx: Context): Precondition {
  const ifMatch = tagsOf(ctx, 'If-Match');
  const ifNoneMatch = tagsOf(ctx, 'If-None-Match');
  return {
    ...(ifMatch && { ifMatch: hashesOf(ifMatch) }),
    ...(ifNoneMatch && { ifNoneMatch: hashesOf(ifNoneMatch) }),
  };
}

/** Drops tags that are not ours: they match nothing here. */
const hashesOf = (tags: '*' | readonly string[]): '*' | string[] =>
  tags === '*' ? tags : tags.flatMap((tag) => OWN.exec(tag)?.[1] ?? []);

function tagsOf(ctx: Context, header: string): '*' | string[] | undefined {
  const text = ctx.get(header).trim();
  if (text === '') return undefined;
  if (text === '*') return text;
  const tags: string[] = [];
  let end = 0;
  while (end < text.length) {
    TAG.lastIndex = end;
    const found = TAG.exec(text);
    if (!found) {
      throw new errors.ValidationError(
        `${header} must be * or entity tags in double quotes, such as the ETag of an answer`
      );
    }
    const [all, tag] = found;
    if (tag !== undefined) tags.push(tag);
    end += all.length;
  }
  return tags;
}
