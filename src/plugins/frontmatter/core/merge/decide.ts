import { uniqBy } from 'es-toolkit';
import { isSameMeaning } from '../meaning';
import { includesChange } from './included';
import type { Part } from './parts';

/** The value of one part in each of the texts, and in the CMS including what is hidden. */
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
 * Decides for each text that the author may have started from. If the results differ, the part is
 * a conflict, unless the file shows that its author has seen what the CMS changed.
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
  // Only these can be hidden: by a window, or because their target is not published.
  const held = field.kind === 'entry' || field.kind === 'links' ? stored : now;
  if ([base, now, held].some((other) => isSame(file, other))) return KEEP;
  const isHidden = field.kind === 'entry' && now === undefined && held !== undefined;
  // The author cannot know about the hidden entry, and one that replaces it would be shown at once.
  if (isHidden) return { kind: 'conflict', cms: held };
  // Nobody removed a link that is only hidden.
  if (isSame(now, base) || isSame(held, base)) return APPLY;
  // Each side sets the date with every change, so different dates are not a disagreement.
  if (isModifiedDate) return laterDate({ file, now });
  return { kind: 'conflict', cms: now };
}

/** Applies the file's calendar date (`YYYY-MM-DD`) if it is later; any date is later than none. */
const laterDate = ({ file, now }: Pick<Sides, 'file' | 'now'>): Decision =>
  String(file ?? '') > String(now ?? '') ? APPLY : KEEP;
