import type { Cursor } from '../../../../../core';
import { createKeptAnswers, type KeptAnswer } from './kept-answers';
import { shareNext } from './share-next';

/** What every kept answer depends on; the same object while nothing changes. */
export interface ReaderState {
  /** The newest publication. */
  newest: Cursor;
  /** Actions that are open to anyone. */
  open: ReadonlySet<string>;
  /** API tokens by the hash that is in the database. */
  tokens: ReadonlyMap<string, ReadToken>;
}

/** Moments in milliseconds. */
export interface ReadToken {
  type: string;
  /** Infinity for one that never expires. */
  expiresAt: number;
  /** 0 for one that was never used. */
  lastUsedAt: number;
  /** Our actions that a token of type `custom` may perform. */
  actions: ReadonlySet<string>;
}

export interface StateSource {
  /** @returns The same object as last time if nothing has changed. */
  readState(): Promise<ReaderState>;
  /**
   * Returns the slugs that were published or ended since a position; `undefined` if they are too
   * many or the position is no longer known.
   */
  changedSince(position: Cursor): Promise<{ collection: string; slug: string }[] | undefined>;
}

/**
 * A cache of answers that are sent again while nothing has changed, which is checked before each of
 * them: no answer is older than the arrival of its request, no matter how many processes publish.
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
    /** Drops outdated answers; each request must call this before it uses the cache. */
    refresh: shareNext(advance),

    /** Returns a kept answer if the caller allows it, by the state that its request found. */
    get(key: string, isAllowed: (action: string) => boolean): KeptAnswer | undefined {
      const answer = kept.get(key);
      return answer && isAllowed(answer.permission) ? answer : undefined;
    },

    /**
     * Keeps an answer that was made after its request had called `refresh`. Ignores the answer if
     * the state has changed since: it may be older than that.
     */
    keep(key: string, answer: KeptAnswer, madeAfter: ReaderState): void {
      if (madeAfter === state) kept.keep(key, answer);
    },

    get bytes(): number {
      return kept.bytes;
    },
  };
}
