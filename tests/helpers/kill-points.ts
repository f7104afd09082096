import path from 'node:path';

/** A moment in the work of a process that does not depend on its speed. */
export interface KillPoint {
  /**
   * Steps that occur in this order, each `count` times; at the last one the process ends. A step is
   * a regular expression for a line of the work, as `kill-at.js` writes it.
   */
  after: { step: string; count?: number }[];
  /** Whether the last step is not done, done, or half done: half of a file is written. */
  when: 'before' | 'half' | 'after';
}

const PRELOADED = path.join(__dirname, 'kill-at.js');

/** Returns variables for a Node process that kills itself at a point of its work. */
export const killedAt = (point: KillPoint): Record<string, string> => ({
  NODE_OPTIONS: `--require ${JSON.stringify(PRELOADED)}`,
  KILL_AT: JSON.stringify(point),
});

/** Patterns of the statements of the CMS. */
export const STATEMENTS = {
  /** Starts the write of a document; the update of a start has no condition. */
  lock: '^sql update frontmatter_lock set writes\\b.* where ',
  row: '^sql (insert into|update) roadmaps ',
  removal: '^sql delete from roadmaps ',
  links: '^sql insert into roadmaps_related_roadmaps_lnk ',
  publication: '^sql insert into frontmatter_publications ',
  references: '^sql insert into frontmatter_references ',
  commit: '^sql COMMIT',
} as const;
