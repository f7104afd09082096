import { LRUCache } from 'lru-cache';
import type { DependsOn } from '../../foundation/request-state';

export interface KeptAnswer {
  /** As the ordinary route sent them, with lower-case names. */
  headers: Record<string, string>;
  body: Buffer;
  dependsOn: DependsOn;
  /** The action that its readers must be allowed to perform. */
  permission: string;
}

/** Size of an entry without its key, headers and body, roughly. */
const ENTRY_BYTES = 500;

/** Stores answers by request, up to a number of bytes; removes the least recently used first. */
export function createKeptAnswers(maxBytes: number) {
  const keysOf = new Map<string, Set<string>>();
  const answers = new LRUCache<string, KeptAnswer>({
    maxSize: maxBytes,
    sizeCalculation: ({ body, headers }, key) =>
      body.length + key.length + JSON.stringify(headers).length + ENTRY_BYTES,
    dispose: ({ dependsOn }, key) => keysOf.get(nameOf(dependsOn))?.delete(key),
  });

  function drop(dependsOn: DependsOn): void {
    const name = nameOf(dependsOn);
    const keys = keysOf.get(name);
    keysOf.delete(name);
    for (const key of keys ?? []) answers.delete(key);
  }

  return {
    get: (key: string): KeptAnswer | undefined => answers.get(key),

    keep(key: string, answer: KeptAnswer): void {
      answers.set(key, answer);
      if (!answers.has(key)) return; // larger than the whole cache may be
      const name = nameOf(answer.dependsOn);
      const keys = keysOf.get(name) ?? new Set();
      keysOf.set(name, keys.add(key));
    },

    /** Drops the answers that publications of some slugs have changed. */
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

const nameOf = (dependsOn: DependsOn): string =>
  dependsOn === 'all' ? '' : `${dependsOn.collection}/${dependsOn.slug}`;
