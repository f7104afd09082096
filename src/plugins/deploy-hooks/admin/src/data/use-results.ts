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
 * Returns a function that runs a button's request, one at a time, and notifies the user of the
 * result. Buttons stay enabled meanwhile: a disabled one would lose the focus.
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
        // The user left the page; the server still does what was requested.
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

/** Describes the newest attempt, not the state: a message accepted earlier stays delivered. */
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
