/**
 * The order of a document's links to others, stored in a hidden attribute such as `relatedOrder`.
 *
 * - *linked*: an entry whose target the CMS knows. It holds the id, so that it survives a rename,
 *   and readers do not get it while the target is not published.
 * - *pending*: an entry with a slug that the CMS has never seen. Readers get it as it is.
 * - *predecessor*: the entry that another one stays behind. When some entries change, each other
 *   entry stays behind the nearest entry before it that is still there, or at the beginning.
 */
import { z } from 'zod';

/** A link to a document the CMS knows, or a slug it does not know yet. */
export type LinkEntry = { id: string } | { slug: string };
/** Contains each id and each slug at most once. */
export type LinkOrder = readonly LinkEntry[];

const name = z.string().min(1);
const storedOrder = z.array(z.union([z.object({ id: name }), z.object({ slug: name })]));

/** Parses the stored JSON. Returns `undefined` for `null` and anything that is not such a list. */
export function toLinkOrder(stored: unknown): LinkOrder | undefined {
  const result = storedOrder.safeParse(stored);
  return result.success ? withoutRepeats(result.data) : undefined;
}

/**
 * Returns the order after a write of the relation. The relation's new ids keep their own sequence;
 * what it did not show (pending slugs, ids that it had lost) stays behind its predecessor. An id
 * replaces a pending entry that has its slug. An id that the write puts at one end comes before, or
 * after, everything there that the relation does not show.
 *
 * @param change.before the ids of the relation before the write, in order
 * @param change.after the ids of the relation after it, in order
 * @param change.first ids of `after` that the write puts at the beginning
 * @param change.last ids of `after` that the write puts at the end
 * @returns the same object if the order does not change
 */
export function withRelationChange(
  order: LinkOrder,
  change: {
    before: readonly string[];
    after: readonly string[];
    slugOf: (id: string) => string | undefined;
    first?: readonly string[];
    last?: readonly string[];
  }
): LinkOrder {
  const { before, after, slugOf, first = [], last = [] } = change;
  const placed = new Set([...first, ...last]);
  if (isSameSequence(before, after) && placed.size === 0) return order;
  const removed = new Set(before);
  const linked = new Map(after.map((id) => [id, { id }]));
  const linkedBySlug = new Map(after.map((id) => [slugOf(id), { id }]));
  // Entries behind an id that moves to one end stay where they are.
  const partOf = (entry: { id: string }): Part => (placed.has(entry.id) ? 'goes' : entry);
  const leading = after.findLastIndex((id) => first.includes(id)) + 1;
  const result = weave(
    order,
    [...linked.values()],
    (entry) => {
      const link = isLinked(entry) ? linked.get(entry.id) : linkedBySlug.get(entry.slug);
      if (link) return partOf(link);
      return isLinked(entry) && removed.has(entry.id) ? 'goes' : 'follows';
    },
    leading
  );
  return isSameSequence(order.map(keyOf), result.map(keyOf)) ? order : result;
}

/**
 * Returns the order after an import. The slugs of the file keep their own sequence; ids that were
 * not served, and so cannot be in the file, stay behind their predecessor.
 *
 * @param change.wanted the slugs of the file
 * @param change.isVisible whether the CMS currently serves the slug of this id
 * @returns the same object if nothing changes
 */
export function withSlugs(
  order: LinkOrder,
  change: {
    wanted: readonly string[];
    idOf: (slug: string) => string | undefined;
    isVisible: (id: string) => boolean;
  }
): LinkOrder {
  const { wanted, idOf, isVisible } = change;
  const present = new Set(order.map(keyOf));
  const entryOf = (slug: string): LinkEntry => {
    const id = idOf(slug);
    const isLinkable =
      id !== undefined && (present.has(keyOf({ id })) || !present.has(keyOf({ slug })));
    return isLinkable ? { id } : { slug };
  };
  const bySlug = new Map(wanted.map((slug) => [slug, entryOf(slug)]));
  const byKey = new Map([...bySlug.values()].map((entry) => [keyOf(entry), entry]));
  const result = weave(order, [...byKey.values()], (entry) => {
    if (!isLinked(entry)) return bySlug.get(entry.slug) ?? 'goes';
    return byKey.get(keyOf(entry)) ?? (isVisible(entry.id) ? 'goes' : 'follows');
  });
  return isSameSequence(order.map(keyOf), result.map(keyOf)) ? order : result;
}

/** Turns pending slugs that now have a document into links; returns the same object if none has. */
export function linkPending(
  order: LinkOrder,
  idOf: (slug: string) => string | undefined
): LinkOrder {
  const linked = order.map((entry) => {
    const id = isLinked(entry) ? undefined : idOf(entry.slug);
    return id === undefined ? entry : { id };
  });
  return linked.every((entry, index) => entry === order[index]) ? order : withoutRepeats(linked);
}

/** Returns the slugs that readers get, each once, without targets that have no published slug. */
export function resolveLinks(
  order: LinkOrder,
  publishedSlugOf: (id: string) => string | undefined
): string[] {
  const slugs = order.map((entry) => (isLinked(entry) ? publishedSlugOf(entry.id) : entry.slug));
  return [...new Set(slugs.filter((slug) => slug !== undefined))];
}

export const pendingSlugs = (order: LinkOrder): string[] =>
  order.flatMap((entry) => (isLinked(entry) ? [] : [entry.slug]));

export const linkedIds = (order: LinkOrder): string[] =>
  order.flatMap((entry) => (isLinked(entry) ? [entry.id] : []));

/** An entry becomes this new one, stays behind its predecessor, or is removed. */
type Part = LinkEntry | 'follows' | 'goes';

function weave(
  order: LinkOrder,
  entries: LinkOrder,
  partOf: (entry: LinkEntry) => Part,
  /** How many of the new entries precede the ones that stay at the beginning. */
  leading = 0
): LinkOrder {
  const first: LinkEntry[] = [];
  const followers = new Map(entries.map((entry): [string, LinkEntry[]] => [keyOf(entry), []]));
  let behind = first;
  for (const entry of order) {
    const part = partOf(entry);
    if (part === 'follows') behind.push(entry);
    else if (part !== 'goes') behind = followers.get(keyOf(part)) ?? behind;
  }
  const woven = entries.map((entry) => [entry, ...(followers.get(keyOf(entry)) ?? [])]);
  return withoutRepeats([...woven.slice(0, leading), first, ...woven.slice(leading)].flat());
}

const isLinked = (entry: LinkEntry): entry is { id: string } => 'id' in entry;

const keyOf = (entry: LinkEntry): string =>
  isLinked(entry) ? `id ${entry.id}` : `slug ${entry.slug}`;

const withoutRepeats = (entries: LinkOrder): LinkOrder => [
  ...new Map(entries.map((entry) => [keyOf(entry), entry])).values(),
];

const isSameSequence = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);
