import { getAt, type Cursor } from 'strapi-plugin-frontmatter/core';
import type { LoggedPublication } from 'strapi-plugin-frontmatter/shared';
import type { HookFilter } from './hook';

/** What became of a slug, all its publications since the hook's cursor together. */
export interface SlugChange {
  collection: string;
  slug: string;
  /** What readers find now. */
  state: 'live' | 'gone';
  /** Of the newest publication. */
  reason: string;
  /** Paths of the keys that any of them changed. */
  changed: string[];
}

/** What was published since a hook's cursor, as far as it was read. */
export interface Pending {
  /** Up to where it was read, changes that do not concern the hook included. */
  to: Cursor;
  /** Changes that concern the hook, by `collection/slug`, in the order of their newest. */
  changes: ReadonlyMap<string, SlugChange>;
  /** Moments of the first and the last of them; absent where there are none. */
  during?: { firstAt: Date; lastAt: Date };
}

export const nothingPending = (cursor: Cursor): Pending => ({ to: cursor, changes: new Map() });

/** Whether a filter needs to know what documents hold, beside which keys changed. */
export const needsData = ({ tags }: HookFilter): boolean => tags !== undefined;

/** Takes in publications that follow those before, in their order. */
export function withPublications(
  pending: Pending,
  publications: readonly LoggedPublication[],
  filter: HookFilter
): Pending {
  const told: LoggedPublication[] = [];
  const changes = new Map(pending.changes);
  for (const publication of publications) {
    const { collection, slug, state, reason, changed } = publication;
    const key = `${collection}/${slug}`;
    const earlier = changes.get(key);
    // Of a slug that is told, the end is told as well, though it would not be told by itself: it
    // lost the tag, and then went.
    const isOtherEnd = earlier !== undefined && earlier.state !== state;
    if (!isOtherEnd && !concerns(filter, publication)) continue;
    told.push(publication);
    changes.delete(key); // so that it stands last
    changes.set(key, {
      collection,
      slug,
      state,
      reason,
      changed: [...new Set([...(earlier?.changed ?? []), ...changed])],
    });
  }
  const [first, last] = [told[0], told.at(-1)];
  const to = publications.at(-1)?.cursor ?? pending.to;
  if (!first || !last) return { ...pending, to };
  return { to, changes, during: { firstAt: pending.during?.firstAt ?? first.at, lastAt: last.at } };
}

/**
 * Whether a change concerns a hook. One that leaves a filter still does: the site shows what it
 * must no longer show. Where it is not known what a document held, it does too: a rebuild too many
 * is better than a change that is lost.
 */
export function concerns(filter: HookFilter, publication: LoggedPublication): boolean {
  const { collections, tags, changed } = filter;
  if (collections && !collections.includes(publication.collection)) return false;
  const around =
    tags && [publication.before, publication.after].map((data) => hasTag(publication, data, tags));
  if (around?.every((has) => has === false)) return false;
  // What it gained or lost with the tag is all of it, whichever keys changed.
  const isAcross = around?.includes(true) && around.includes(false);
  return (
    !changed ||
    isAcross ||
    isWhole(publication) ||
    publication.changed.some((path) => isBelowAny(path, changed))
  );
}

/**
 * Whether a slug has changed as a whole: it is gone, or readers find it where there was nothing.
 * Of a renamed document `changed` compares it with what the old slug gave.
 */
const isWhole = ({ state, reason, changed }: LoggedPublication): boolean =>
  state === 'gone' || reason === 'renamed' || reason === 'reconciled' || changed.length === 0;

/** @returns Nothing where it is not known what the document held. */
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
