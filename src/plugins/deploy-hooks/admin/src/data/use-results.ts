import { useCallback, useRef } from 'react';
import { useNotification } from '@strapi/strapi/admin';
import type { Delivery } from '../../../shared';
import { useTexts } from '../text/use-texts';
import { reasonOf } from './failure';

interface Result {
  type: 'success' | 'danger' | 'info';
  message: string;
}

/**
 * Runs what a button asks for, one at a time, and says what came of it. Buttons stay enabled
 * meanwhile: one that is disabled would lose the focus.
 */
export function useResults(reload: () => Promise<void>) {
  const { toggleNotification } = useNotification();
  const say = useTexts();
  const isBusy = useRef(false);

  return useCallback(
    async <T>(
      request: () => Promise<T>,
      describe: (answer: T) => Result
    ): Promise<T | undefined> => {
      if (isBusy.current) return undefined;
      isBusy.current = true;
      try {
        const answer = await request();
        toggleNotification(describe(answer));
        return answer;
      } catch (failure) {
        // Somebody left the page: what was asked for is done nevertheless.
        if ((failure as Error).name === 'AbortError') return undefined;
        const message = say('action.failed', { reason: reasonOf(failure) });
        toggleNotification({ type: 'danger', message });
        return undefined;
      } finally {
        isBusy.current = false;
        void reload();
      }
    },
    [reload, say, toggleNotification]
  );
}

/** What came of the newest attempt to send a message: one that was taken before stays delivered. */
export function useDescribeDelivery(): (delivery: Delivery) => Result {
  const say = useTexts();
  return ({ attempts, hook: { name }, state }) => {
    const newest = attempts.at(-1);
    if (!newest) return { type: 'info', message: say('sent.open', { name }) };
    const reason = newest.error;
    if (reason === null) return { type: 'success', message: say('sent.delivered', { name }) };
    const message = say(state === 'open' ? 'sent.retried' : 'sent.failed', { name, reason });
    return { type: 'danger', message };
  };
}
