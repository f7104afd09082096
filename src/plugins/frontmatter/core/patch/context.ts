import type { Source } from './source';
import type { Splice } from './splice';

/** What the edits of one patch share. */
export interface EditContext {
  source: Source;
  /** Filled in the order in which the texts are to stand. */
  splices: Splice[];
  /** Pairs that go. */
  removed: Set<unknown>;
}
