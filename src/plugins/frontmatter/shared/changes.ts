import type { Cursor } from '../core';

/** What the command line uses after a restore. */
export interface CursorKeeper {
  /** Invalidates all cursors issued so far; returns the newest position. */
  endCursors(): Promise<Cursor>;
}
