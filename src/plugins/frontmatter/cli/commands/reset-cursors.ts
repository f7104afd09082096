import { formatCursor } from '../../core';
import type { CursorKeeper } from '../../shared';
import { withApplication } from '../application';
import type { Output } from '../../kit/command-line';

/** Invalidates all cursors from before a restore of the database. Returns the exit code. */
export async function resetCursors({ appDir }: { appDir: string }, output: Output): Promise<0> {
  const newest = await withApplication(
    appDir,
    (strapi) => (strapi.plugin('frontmatter').service('publications') as CursorKeeper).endCursors(),
    { insteadOfWriting: () => ['Stop it, and start it again afterwards.'] }
  );
  output.out(
    `All earlier cursors have ended: every consumer reads everything again. The newest cursor is ${formatCursor(newest)}`
  );
  return 0;
}
