import { quote } from '../fields/field';
import { byPosition, type Issue } from '../issue';
import { finding, type LintFacts } from './facts';
import type { LintRule } from './rules';

export { factsOf, type KeptLink, type LintFacts } from './facts';
export type { LintRule } from './rules';

export interface LintResult {
  slug: string;
  /** In the order of the document. */
  issues: Issue[];
}

/**
 * Returns what editors of a collection would want to know; none of it is an error. Checks documents
 * together, as some findings depend on others.
 *
 * @param documents A whole collection: links to documents that are left out are not checked.
 */
export function lint(
  documents: readonly LintFacts[],
  { off = [] }: { off?: readonly LintRule[] } = {}
): LintResult[] {
  const bySlug = new Map(documents.map((document) => [document.slug, document]));
  const places = slugsByPlace(documents);
  const isOff = new Set<string>(off);
  return documents.map((document) => {
    const issues = [
      ...document.issues,
      ...linkIssues(document, bySlug),
      ...orderIssues(document, places),
    ];
    return {
      slug: document.slug,
      issues: issues.filter(({ code }) => !isOff.has(code)).sort(byPosition),
    };
  });
}

function linkIssues(document: LintFacts, bySlug: ReadonlyMap<string, LintFacts>): Issue[] {
  return document.links.flatMap(({ path, slug, state, position, isElsewhere }) => {
    const say = (rule: LintRule, message: string) => finding(rule, path, position, message);
    const name = quote(slug);
    if (state === 'pending') {
      return [say('pending-link', `${name} does not exist here: it is kept, and readers get it`)];
    }
    if (state === 'unpublished') {
      const message = `${name} is not published: readers get this link once it is`;
      return [say('unpublished-link', message)];
    }
    const target = isElsewhere ? undefined : bySlug.get(slug);
    if (!target || target === document) return [];
    const issues: Issue[] = [];
    if (target.isHidden) {
      issues.push(say('hidden-link', `${name} is hidden: readers find it through this link only`));
    }
    if (!target.links.some((link) => link.slug === document.slug && link.path === path)) {
      issues.push(say('one-way-link', `${name} does not link to this document`));
    }
    return issues;
  });
}

/** A message of a thousand slugs helps nobody. */
const MAX_NAMED = 3;

const placeKey = (list: string, order: number): string => JSON.stringify([list, order]);

function slugsByPlace(documents: readonly LintFacts[]): Map<string, string[]> {
  const slugs = new Map<string, string[]>();
  for (const { slug, place } of documents) {
    for (const list of place?.lists ?? []) {
      const key = placeKey(list, place?.order ?? 0);
      const sharing = slugs.get(key) ?? [];
      sharing.push(slug);
      slugs.set(key, sharing);
    }
  }
  return slugs;
}

function orderIssues(
  { slug, place }: LintFacts,
  places: ReadonlyMap<string, readonly string[]>
): Issue[] {
  if (!place) return [];
  const { order, lists, path, position } = place;
  const sharing = lists.flatMap((list) => places.get(placeKey(list, order)) ?? []);
  const others = [...new Set(sharing)].filter((other) => other !== slug);
  if (others.length === 0) return [];
  const more = others.length > MAX_NAMED ? ` and ${others.length - MAX_NAMED} more` : '';
  const names = others.slice(0, MAX_NAMED).map(quote).join(', ');
  const message = `${others.length + 1} documents share place ${order}, and their order is not fixed: ${names}${more}`;
  return [finding('equal-order', path, position, message)];
}
