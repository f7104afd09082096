import { AnswerError, readJson, type CmsOptions } from './cms.js';

export interface Upsert {
  action: 'upsert';
  slug: string;
  /** Changes with the text. */
  etag: string;
  frontmatter: Record<string, unknown>;
  /** Markdown. */
  body: string;
}

export type Change = Upsert | { action: 'delete'; slug: string };

interface Page {
  data: Change[];
  meta: { cursor: string; hasMore: boolean };
}

export interface Changes {
  /** The newest change of each slug. */
  changes: Change[];
  /** Whether they cover everything that is published, so that everything else is gone. */
  isComplete: boolean;
  /** Cursor for the next call. */
  cursor: string;
}

/** Reads what was published since a cursor: everything without one, or with an unknown one. */
export async function readChanges(
  cms: CmsOptions,
  collection: string,
  since: string | undefined
): Promise<Changes> {
  const changes = new Map<string, Change>();
  let cursor = since;
  try {
    for (;;) {
      const query = new URLSearchParams({
        collection,
        ...(cursor !== undefined && { since: cursor }),
      });
      const { data, meta } = await readJson<Page>(cms, `/changes?${query}`);
      for (const change of data) changes.set(change.slug, change);
      cursor = meta.cursor;
      if (!meta.hasMore) break;
    }
  } catch (error) {
    // The cursor is from another database, or from before this one was restored.
    const isUnknown = error instanceof AnswerError && error.status === 410;
    if (!isUnknown || since === undefined) throw error;
    return readChanges(cms, collection, undefined);
  }
  return { changes: [...changes.values()], isComplete: since === undefined, cursor };
}
