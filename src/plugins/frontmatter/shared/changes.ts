import type { Cursor } from '../core';

/** What the command line asks after a restore. */
export interface CursorKeeper {
  /** Ends all cursors that were given out; gives the newest position. */
  endCursors(): Promise<Cursor>;
}
