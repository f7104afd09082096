import { errors } from '../../../kit/strapi-utils';
import type { Context } from 'koa';
import type { Precondition } from '../../../shared';
import { REPRESENTATIONS } from './representation';

/** RFC 9110, section 8.8.3, and empty elements of a list, section 5.6.1.2. */
const TAG = /[ \t]*(?:(?:W\/)?"([\x21\x23-\x7E\x80-\xFF]*)")?[ \t]*(?:,|$)/y;

/** Our entity tags. The envelope also shows the hash alone, and proxies append their encoding. */
const OWN = new RegExp(
  `^([0-9a-f]{32})(?:-(?:${REPRESENTATIONS.join('|')}))?(?:-(?:gzip|br|zstd))?$`
);

/**
 * RFC 9110, section 13.1. The hash in our entity tags is that of the file, the same in every
 * representation, so the tag of any of them will do. A weak one, which the standard excludes, will
 * do as well: a proxy that compresses an answer makes its tag weak, and the file is still the same.
 *
 * @throws ValidationError if a header is no list of entity tags.
 */
export function preconditionOf(ctx: Context): Precondition {
  const ifMatch = tagsOf(ctx, 'If-Match');
  const ifNoneMatch = tagsOf(ctx, 'If-None-Match');
  return {
    ...(ifMatch && { ifMatch: hashesOf(ifMatch) }),
    ...(ifNoneMatch && { ifNoneMatch: hashesOf(ifNoneMatch) }),
  };
}

/** Tags of others stay out: they match nothing here. */
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
