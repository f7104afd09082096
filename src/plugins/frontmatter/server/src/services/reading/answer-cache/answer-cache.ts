import type { Cursor } from '../../../../../core';
import { createKeptAnswers, type KeptAnswer } from './kept-answers';
import { shareNext } from './share-next';

/** What decides every answer that is kept; one object for as long as it stays the same. */
export interface ReaderState {
  /** The newest publication. */
  newest: Cursor;
  /** Actions that are open to anyone. */
  open: ReadonlySet<string>;
  /** API tokens by the hash that the database has of them. */
  tokens: ReadonlyMap<string, ReadToken>;
}

/** Moments in milliseconds. */
export interface ReadToken {
  type: string;
  /** Infinity for one that never expires. */
  expiresAt: number;
  /** 0 for one that was never used. */
  lastUsedAt: number;
  /** Of ours, what one of type `custom` may do. */
  actions: ReadonlySet<string>;
}

export interface StateSource {
  /** @returns The very object of the time before if nothing has changed. */
  readState(): Promise<ReaderState>;
  /**
   * Slugs that were published or ended since a position, or nothing if they are too many to name
   * or the position is not known any more.
   */
  changedSince(position: Cursor): Promise<{ collection: string; slug: string }[] | undefined>;
}

/**
 * Answers that are given again as long as nothing has changed, which is asked before each of them:
 * none is older than the moment at which its request came in, in however many processes something
 * is published.
 */
export function createAnswerCache(source: StateSource, maxBytes: number) {
  const kept = createKeptAnswers(maxBytes);
  let state: ReaderState | undefined;

  async function advance(): Promise<ReaderState> {
    const current = await source.readState();
    if (state === current) return current;
    const changed = state && (await source.changedSince(state.newest));
    if (changed) kept.dropChanged(changed);
    else kept.clear();
    state = current;
    return current;
  }

  return {
    /** Forgets what is no longer so; to be called by each request before it looks. */
    refresh: shareNext(advance),

    /** Whoever asks says whether its reader may have the answer, by what its request had found. */
    get(key: string, isAllowed: (action: string) => boolean): KeptAnswer | undefined {
      const answer = kept.get(key);
      return answer && isAllowed(answer.permission) ? answer : undefined;
    },

    /**
     * Keeps an answer that was made after its request had refreshed. What was made before somebody
     * else found another state may be older than that.
     */
    keep(key: string, answer: KeptAnswer, madeAfter: ReaderState): void {
      if (madeAfter === state) kept.keep(key, answer);
    },

    get bytes(): number {
      return kept.bytes;
    },
  };
}
