import { LRUCache } from 'lru-cache';

/** What alone can change an answer: the publications of one slug, or any publication. */
export type MadeOf = { collection: string; slug: string } | 'all';

export interface KeptAnswer {
  /** As the ordinary route sent them, lower-case. */
  headers: Record<string, string>;
  body: Buffer;
  madeOf: MadeOf;
  /** The action that its readers must be allowed. */
  permission: string;
}

/** Name, colon and line end of each header, and what an entry itself takes; roughly. */
const ENTRY_BYTES = 500;

/** Answers by request, up to a number of bytes: what was not asked for the longest goes first. */
export function createKeptAnswers(maxBytes: number) {
  const keysOf = new Map<string, Set<string>>();
  const answers = new LRUCache<string, KeptAnswer>({
    maxSize: maxBytes,
    sizeCalculation: ({ body, headers }, key) =>
      body.length + key.length + JSON.stringify(headers).length + ENTRY_BYTES,
    dispose: ({ madeOf }, key) => keysOf.get(nameOf(madeOf))?.delete(key),
  });

  function drop(madeOf: MadeOf): void {
    const name = nameOf(madeOf);
    const keys = keysOf.get(name);
    keysOf.delete(name);
    for (const key of keys ?? []) answers.delete(key);
  }

  return {
    get: (key: string): KeptAnswer | undefined => answers.get(key),

    keep(key: string, answer: KeptAnswer): void {
      answers.set(key, answer);
      if (!answers.has(key)) return; // larger than all that may be kept
      const name = nameOf(answer.madeOf);
      const keys = keysOf.get(name) ?? new Set();
      keysOf.set(name, keys.add(key));
    },

    /** Forgets what publications of some slugs have changed. */
    dropChanged(changed: readonly { collection: string; slug: string }[]): void {
      if (changed.length === 0) return;
      drop('all');
      for (const { collection, slug } of changed) drop({ collection, slug });
    },

    clear(): void {
      answers.clear();
      keysOf.clear();
    },

    get bytes(): number {
      return answers.calculatedSize;
    },
  };
}

const nameOf = (madeOf: MadeOf): string =>
  madeOf === 'all' ? '' : `${madeOf.collection}/${madeOf.slug}`;
