import { TZDate } from '@date-fns/tz';
import type { StoredDocument } from './fields/field';
import { foldMarkdown, foldWhitespace } from './fold';
import type { Shape } from './shape';
import { getAt } from './tree';

/** Values of the date-relevant keys (or their hashes), by path; whitespace folded, links by id. */
export type DateRelevantContent = Readonly<Record<string, unknown>>;

/** Dates are `YYYY-MM-DD`. */
export interface DateInput {
  /** The last publication; absent before the first one. */
  previous?: { content: DateRelevantContent; published: string | null; modified: string | null };
  /** What is about to be published. */
  next: {
    content: DateRelevantContent;
    published: string | null;
    modified: string | null;
    override: string | null;
    minorEdit: boolean;
  };
  /** The dates of an imported file: they are kept as they are, `null` if it has none. */
  given?: { published: string | null; modified: string | null } | undefined;
  /** The day of publishing, in the configured time zone. */
  today: string;
}

export const DATE_REASONS = [
  'override',
  'given',
  'first-publication',
  'unchanged',
  'minor-edit',
  'changed',
] as const;
export type DateReason = (typeof DATE_REASONS)[number];

export interface DateDecision {
  published: string | null;
  modified: string | null;
  reason: DateReason;
  /** Paths that differ from what readers get now. */
  changed: string[];
}

/**
 * Decides what `datePublished` and `dateModified` become when a document is published; no other
 * code does. A form sends back every field it once loaded, so after the first publication the dates
 * in `next` are ignored: an intended value cannot be distinguished from a stale one.
 */
export function decideDates({ previous, next, given, today }: DateInput): DateDecision {
  const changed = previous ? differingPaths(previous.content, next.content) : [];
  const first = next.published ?? today;
  const published = given ? given.published : previous ? previous.published : first;
  const decision = (reason: DateReason, modified: string | null): DateDecision => ({
    published,
    modified,
    reason,
    changed,
  });
  if (next.override) return decision('override', next.override);
  if (given) return decision('given', given.modified);
  if (!previous) return decision('first-publication', next.modified ?? today);
  if (changed.length === 0) return decision('unchanged', previous.modified);
  if (next.minorEdit) return decision('minor-edit', previous.modified);
  // The first publication may be dated in the future: `modified` must not precede it.
  return decision('changed', published && published > today ? published : today);
}

/** Explains a date to people: `changed: title, seo.description`. */
export function dateReasonText(reason: DateReason, changed: readonly string[]): string {
  switch (reason) {
    case 'override':
      return 'set by hand';
    case 'given':
      return 'as the imported file says';
    case 'first-publication':
      return 'first publication';
    case 'unchanged':
      return 'nothing that moves the date has changed';
    case 'minor-edit':
      return `minor edit: ${changed.join(', ')}`;
    case 'changed':
      return `changed: ${changed.join(', ')}`;
  }
}

/** Returns the part of a populated document whose changes move `dateModified`. */
export function dateRelevantContent(shape: Shape, document: StoredDocument): DateRelevantContent {
  const entries = (shape.dates?.relevant ?? []).map((path): [string, unknown] => {
    if (path === shape.body) return [path, foldMarkdown(document[shape.body])];
    const leaf = shape.leaves.find((candidate) => candidate.path.join('.') === path);
    if (!leaf) return [path, undefined]; // impossible: defineShape checks the paths
    const stored = getAt(document, leaf.attribute);
    const { comparable, parse } = leaf.field;
    return [
      path,
      comparable ? comparable(stored, { document }) : foldWhitespace(parse(stored, { document })),
    ];
  });
  return Object.fromEntries(entries);
}

/** Returns the calendar date of a moment in an IANA time zone, as `YYYY-MM-DD`. */
export const calendarDate = (moment: Date, timeZone: string): string =>
  new TZDate(moment.getTime(), timeZone).toISOString().slice(0, 'YYYY-MM-DD'.length);

/** Ignores paths that `before` lacks: their keys were added to the shape later. */
function differingPaths(before: DateRelevantContent, after: DateRelevantContent): string[] {
  return Object.keys(after).filter(
    (path) =>
      Object.hasOwn(before, path) && JSON.stringify(before[path]) !== JSON.stringify(after[path])
  );
}
