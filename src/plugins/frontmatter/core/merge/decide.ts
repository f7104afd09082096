import { uniqBy } from 'es-toolkit';
import { isSameMeaning } from '../meaning';
import { includesChange } from './included';
import type { Part } from './parts';

/** What one part says in each of the texts, and in the CMS together with what that hides. */
export interface Sides {
  base: unknown;
  file: unknown;
  now: unknown;
  stored: unknown;
}

export type Decision =
  | { kind: 'keep' }
  | { kind: 'apply' }
  /** Both sides changed it, to different values. */
  | { kind: 'conflict'; cms: unknown };

const KEEP: Decision = { kind: 'keep' };
const APPLY: Decision = { kind: 'apply' };

/**
 * The same for each text that the author may have begun with. Where they do not agree, nobody can
 * know, unless the file shows that its author has seen what the CMS changed.
 */
export function decidePart(
  part: Pick<Part, 'field' | 'isModifiedDate'>,
  bases: readonly unknown[],
  sides: Omit<Sides, 'base'>
): Decision {
  const decide = (some: readonly unknown[]): Decision[] =>
    uniqBy(
      some.map((base) => decideFor(part, { ...sides, base })),
      ({ kind }) => kind
    );
  const [first = KEEP, ...others] = decide(bases);
  if (others.length === 0) return first;
  if (part.isModifiedDate) return laterDate(sides);
  const [only, ...rest] = decide(bases.filter((base) => !includesChange({ ...sides, base })));
  return only && rest.length === 0 ? only : { kind: 'conflict', cms: sides.now };
}

/** Whether the file's value of a part goes into the draft. */
function decideFor(
  { field, isModifiedDate }: Pick<Part, 'field' | 'isModifiedDate'>,
  { base, file, now, stored }: Sides
): Decision {
  const isSame = (one: unknown, other: unknown): boolean => isSameMeaning(field, one, other);
  // Only these are ever hidden, by a window or because their target is not published.
  const held = field.kind === 'entry' || field.kind === 'links' ? stored : now;
  if ([base, now, held].some((other) => isSame(file, other))) return KEEP;
  const isHidden = field.kind === 'entry' && now === undefined && held !== undefined;
  // The author cannot know of it, and an entry that takes its place would be shown at once.
  if (isHidden) return { kind: 'conflict', cms: held };
  // A link that is hidden at the moment was not removed by anyone.
  if (isSame(now, base) || isSame(held, base)) return APPLY;
  // Each side sets it with whatever it changes: two days are no two opinions.
  if (isModifiedDate) return laterDate({ file, now });
  return { kind: 'conflict', cms: now };
}

/** Of calendar dates, `YYYY-MM-DD`; any date is later than none. */
const laterDate = ({ file, now }: Pick<Sides, 'file' | 'now'>): Decision =>
  String(file ?? '') > String(now ?? '') ? APPLY : KEEP;
