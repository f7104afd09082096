import { isEqual } from 'es-toolkit';
import type { Cursor } from '../../../core';
import { createKeptAnswers, type KeptAnswer } from './kept-answers';
import { shareNext } from './share-next';

/** What decides every answer that is kept; one object for as long as it stays the same. */
export interface ReaderState {
  /** The newest publication. */
  newest: Cursor;
  /**
   * What anyone may do, by action, with the id of the row that gives it: one that is taken and
   * given again has another.
   */
  permissions: Readonly<Record<string, string>>;
}

export interface StateSource {
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
    if (state && isEqual(state, current)) return state;
    const changed =
      state && isEqual(state.permissions, current.permissions)
        ? await source.changedSince(state.newest)
        : undefined;
    if (changed) kept.dropChanged(changed);
    else kept.clear();
    state = current;
    return current;
  }

  return {
    /** Forgets what is no longer so; to be called by each request before it looks. */
    refresh: shareNext(advance),

    get: (key: string): KeptAnswer | undefined => kept.get(key),

    /**
     * Keeps an answer that was made after its request had refreshed. What was made before somebody
     * else found another state may be older than that; and what nobody was allowed to read then
     * may have been allowed for a moment only.
     */
    keep(key: string, answer: KeptAnswer, madeAfter: ReaderState): void {
      const isAllowed = Object.hasOwn(madeAfter.permissions, answer.permission);
      if (madeAfter === state && isAllowed) kept.keep(key, answer);
    },

    get bytes(): number {
      return kept.bytes;
    },
  };
}
