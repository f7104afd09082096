import { formatCursor } from '../../core';
import type { CursorKeeper } from '../../shared';
import { withApplication } from '../application';
import type { Output } from '../report';

/** Ends all cursors that were given out before the database was restored. Gives the exit code. */
export async function restored({ appDir }: { appDir: string }, output: Output): Promise<0> {
  const newest = await withApplication(
    appDir,
    (strapi) => (strapi.plugin('frontmatter').service('publications') as CursorKeeper).endCursors(),
    { insteadOfWriting: () => ['Stop it, and start it again afterwards.'] }
  );
  output.out(
    `Cursors from before are ended, and whoever follows the changes reads everything again. The newest is ${formatCursor(newest)}`
  );
  return 0;
}
