import { getAt, type Cursor } from 'strapi-plugin-frontmatter/core';
import type { LoggedPublication } from 'strapi-plugin-frontmatter/shared';
import type { HookFilter } from './hook';

/** What happened to a slug: all its publications since the hook's cursor, combined. */
export interface SlugChange {
  collection: string;
  slug: string;
  /** What readers find now. */
  state: 'live' | 'gone';
  /** The reason of the newest publication. */
  reason: string;
  /** Paths of all keys that these publications changed. */
  changed: string[];
}

/** What was published since a hook's cursor, as far as it has been read. */
export interface Pending {
  /** Position up to which it was read, including changes that do not concern the hook. */
  to: Cursor;
  /** Changes that concern the hook, by `collection/slug`, ordered by their newest publication. */
  changes: ReadonlyMap<string, SlugChange>;
  /** Times of the first and the last of them; absent if there are none. */
  during?: { firstAt: Date; lastAt: Date };
}

export const nothingPending = (cursor: Cursor): Pending => ({ to: cursor, changes: new Map() });

/** Whether a filter needs the content of documents, in addition to which keys changed. */
export const needsData = ({ tags }: HookFilter): boolean => tags !== undefined;

/** Adds the publications that follow, in their order. */
export function withPublications(
  pending: Pending,
  publications: readonly LoggedPublication[],
  filter: HookFilter
): Pending {
  const concerning: LoggedPublication[] = [];
  const changes = new Map(pending.changes);
  for (const publication of publications) {
    const { collection, slug, state, reason, changed } = publication;
    const key = `${collection}/${slug}`;
    const earlier = changes.get(key);
    // If a slug is included already, a change of its state is included as well, even if it would
    // not concern the hook by itself: the slug lost the tag, and then was unpublished.
    const isOtherEnd = earlier !== undefined && earlier.state !== state;
    if (!isOtherEnd && !concerns(filter, publication)) continue;
    concerning.push(publication);
    changes.delete(key); // so that it is last
    changes.set(key, {
      collection,
      slug,
      state,
      reason,
      changed: [...new Set([...(earlier?.changed ?? []), ...changed])],
    });
  }
  const [first, last] = [concerning[0], concerning.at(-1)];
  const to = publications.at(-1)?.cursor ?? pending.to;
  if (!first || !last) return { ...pending, to };
  return { to, changes, during: { firstAt: pending.during?.firstAt ?? first.at, lastAt: last.at } };
}

/**
 * Whether a change concerns a hook. A change that leaves the filter still does: the site shows what
 * it must no longer show. If it is unknown what a document contained, the change concerns the hook,
 * too: an unnecessary rebuild is better than a lost change.
 */
export function concerns(filter: HookFilter, publication: LoggedPublication): boolean {
  const { collections, tags, changed } = filter;
  if (collections && !collections.includes(publication.collection)) return false;
  const around =
    tags && [publication.before, publication.after].map((data) => hasTag(publication, data, tags));
  if (around?.every((has) => has === false)) return false;
  // With the tag, the whole document appears or disappears, whichever keys changed.
  const isAcross = around?.includes(true) && around.includes(false);
  return (
    !changed ||
    isAcross ||
    isWhole(publication) ||
    publication.changed.some((path) => isBelowAny(path, changed))
  );
}

/**
 * Whether a slug has changed as a whole: it is gone, or readers find it where there was nothing. If
 * a document was renamed, `changed` compares it with the content of the old slug.
 */
const isWhole = ({ state, reason, changed }: LoggedPublication): boolean =>
  state === 'gone' || reason === 'renamed' || reason === 'reconciled' || changed.length === 0;

/** @returns `undefined` if it is unknown what the document contained. */
function hasTag(
  { tagsKey }: LoggedPublication,
  data: LoggedPublication['after'],
  tags: readonly string[]
): boolean | undefined {
  if (tagsKey === null) return false;
  if (data === undefined) return undefined;
  const held = getAt(data, tagsKey.split('.'));
  return Array.isArray(held) && held.some((tag) => tags.includes(String(tag)));
}

const isBelowAny = (path: string, keys: readonly string[]): boolean =>
  keys.some((key) => path === key || path.startsWith(`${key}.`) || key.startsWith(`${path}.`));
