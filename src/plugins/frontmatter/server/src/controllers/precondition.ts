import { errors } from '@strapi/utils';
import type { Context } from 'koa';
import type { Precondition } from '../../../shared';
import { REPRESENTATIONS } from './representation';

interface EntityTag {
  isWeak: boolean;
  value: string;
}

/** RFC 9110, section 8.8.3, and empty elements of a list, section 5.6.1.2. */
const TAG = /[ \t]*(?:(W\/)?"([\x21\x23-\x7E\x80-\xFF]*)")?[ \t]*(?:,|$)/y;

/** Of our entity tags; the envelope also shows the hash alone. */
const OWN = new RegExp(`^([0-9a-f]{32})(?:-(?:${REPRESENTATIONS.join('|')}))?$`);

/**
 * RFC 9110, section 13.1. The hash in our entity tags is that of the file, the same in every
 * representation, so the tag of any of them will do. A weak one never matches a change.
 *
 * @throws ValidationError if a header is no list of entity tags.
 */
export function preconditionOf(ctx: Context): Precondition {
  const ifMatch = tagsOf(ctx, 'If-Match');
  const ifNoneMatch = tagsOf(ctx, 'If-None-Match');
  const strong = ifMatch === '*' ? ifMatch : ifMatch?.filter(({ isWeak }) => !isWeak);
  return {
    ...(strong && { ifMatch: hashesOf(strong) }),
    ...(ifNoneMatch && { ifNoneMatch: hashesOf(ifNoneMatch) }),
  };
}

/** Tags of others stay out: they match nothing here. */
const hashesOf = (tags: '*' | readonly EntityTag[]): '*' | string[] =>
  tags === '*' ? tags : tags.flatMap(({ value }) => OWN.exec(value)?.[1] ?? []);

function tagsOf(ctx: Context, header: string): '*' | EntityTag[] | undefined {
  const text = ctx.get(header).trim();
  if (text === '') return undefined;
  if (text === '*') return text;
  const tags: EntityTag[] = [];
  let end = 0;
  while (end < text.length) {
    TAG.lastIndex = end;
    const found = TAG.exec(text);
    if (!found) {
      throw new errors.ValidationError(
        `${header} must be * or entity tags in double quotes, such as the ETag of an answer`
      );
    }
    const [all, weak, value] = found;
    if (value !== undefined) tags.push({ isWeak: weak !== undefined, value });
    end += all.length;
  }
  return tags;
}
