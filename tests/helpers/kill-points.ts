import path from 'node:path';

/** A moment of the work of a process, which does not depend on how fast it works. */
export interface KillPoint {
  /**
   * Steps that come one after the other, each so many times; with the last one the process ends. A
   * step is a regular expression for a line of its work, as `kill-at.js` writes it.
   */
  after: { step: string; count?: number }[];
  /** Whether the last step is still done, or half of the bytes of a file are written. */
  when: 'before' | 'half' | 'after';
}

const PRELOADED = path.join(__dirname, 'kill-at.js');

/** Variables of a Node process that kills itself at a point of its work. */
export const killedAt = (point: KillPoint): Record<string, string> => ({
  NODE_OPTIONS: `--require ${JSON.stringify(PRELOADED)}`,
  KILL_AT: JSON.stringify(point),
});

/** Statements that the work of the CMS consists of. */
export const STATEMENTS = {
  /** With it the write of a document begins; a start counts itself without a condition. */
  lock: '^sql update frontmatter_lock set writes\\b.* where ',
  row: '^sql (insert into|update) roadmaps ',
  removal: '^sql delete from roadmaps ',
  links: '^sql insert into roadmaps_related_roadmaps_lnk ',
  publication: '^sql insert into frontmatter_publications ',
  references: '^sql insert into frontmatter_references ',
  commit: '^sql COMMIT',
} as const;
