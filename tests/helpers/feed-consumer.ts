import type { Change, FindChanges } from '../../src/plugins/frontmatter/shared';

type Page = FindChanges.Response;
type ReadPage = (query: { since: string | undefined; limit: number }) => Promise<Page>;

/** What a consumer of the change feed holds: documents by `collection/slug`. */
export interface FeedConsumer {
  readonly documents: ReadonlyMap<string, Extract<Change, { action: 'upsert' }>>;
  readonly cursor: string | undefined;
  /** Reads until there is nothing more. Returns the changes in order. */
  poll(): Promise<Change[]>;
}

/** Creates a consumer that follows the feed exactly as documented. */
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
