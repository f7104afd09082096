import type { Change, FindChanges } from '../../src/plugins/frontmatter/shared';

type Page = FindChanges.Response;
type ReadPage = (query: { since: string | undefined; limit: number }) => Promise<Page>;

/** What a consumer of the change feed holds: documents by `collection/slug`. */
export interface FeedConsumer {
  readonly documents: ReadonlyMap<string, Extract<Change, { action: 'upsert' }>>;
  readonly cursor: string | undefined;
  /** Reads until nothing more is there; gives the changes in their order. */
  poll(): Promise<Change[]>;
}

/** Follows the feed as its documentation says, and nothing more. */
export function createFeedConsumer(readPage: ReadPage, { limit = 1000 } = {}): FeedConsumer {
  const documents = new Map<string, Extract<Change, { action: 'upsert' }>>();
  let cursor: string | undefined;
  return {
    documents,
    get cursor() {
      return cursor;
    },
    async poll() {
      const changes: Change[] = [];
      for (;;) {
        const { data, meta } = await readPage({ since: cursor, limit });
        for (const change of data) {
          const key = `${change.collection}/${change.slug}`;
          if (change.action === 'upsert') documents.set(key, change);
          else documents.delete(key);
        }
        changes.push(...data);
        cursor = meta.cursor;
        if (!meta.hasMore) return changes;
      }
    },
  };
}
