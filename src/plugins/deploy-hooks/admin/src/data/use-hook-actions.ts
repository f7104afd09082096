import { useFetchClient } from '@strapi/strapi/admin';
import type { Answer, Delivery, Hook, WithSecret } from '../../../shared';
import { useTexts, type TextName } from '../text/use-texts';
import { HOOKS_PATH } from './use-hooks';
import { useDescribeDelivery, useResults } from './use-results';

/** Returns the actions of a site. Each notifies the user of its result. */
export function useHookActions({ id, name }: Hook, reload: () => Promise<void>) {
  const { del, post } = useFetchClient();
  const say = useTexts();
  const run = useResults(reload);
  const describeDelivery = useDescribeDelivery();
  const path = `${HOOKS_PATH}/${id}`;

  const send = async <T>(action: string): Promise<T> =>
    (await post<Answer<T>>(`${path}/${action}`, {})).data.data;
  const done = (text: TextName) => () => ({
    type: 'success' as const,
    message: say(text, { name }),
  });

  return {
    deployNow: () => run(() => send<Delivery>('trigger'), describeDelivery),
    sendTest: () => run(() => send<Delivery>('test'), describeDelivery),
    pause: () => run(() => send<Hook>('pause'), done('pause.done')),
    resume: () => run(() => send<Hook>('resume'), done('resume.done')),
    /** @returns Whether the site was deleted. */
    remove: async () => (await run(() => del(path), done('delete.done'))) !== undefined,
    /** @returns The new secret, which no later request returns. */
    rotateSecret: async () => {
      const hook = await run(() => send<Hook & WithSecret>('secret'), done('secret.done'));
      return hook?.secret;
    },
  };
}

export type HookActions = ReturnType<typeof useHookActions>;
