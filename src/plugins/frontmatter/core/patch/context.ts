import type { Source } from './source';
import type { Splice } from './splice';

/** What the edits of one patch share. */
export interface EditContext {
  source: Source;
  /** Filled in the order in which inserted texts have to appear. */
  splices: Splice[];
  /** Pairs to remove. */
  removed: Set<unknown>;
}
