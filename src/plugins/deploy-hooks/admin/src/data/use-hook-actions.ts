import { useFetchClient } from '@strapi/strapi/admin';
import type {
  DeleteHook,
  DeployNow,
  Hook,
  PauseHook,
  RotateSecret,
  SendTest,
} from '../../../shared';
import { useTexts, type TextName } from '../text/use-texts';
import { HOOKS_PATH } from './use-hooks';
import { useDescribeDelivery, useResults } from './use-results';

/** What can be done with a site; each says what came of it. */
export function useHookActions({ id, name }: Hook, reload: () => Promise<void>) {
  const { del, post } = useFetchClient();
  const say = useTexts();
  const run = useResults(reload);
  const describeDelivery = useDescribeDelivery();
  const path = `${HOOKS_PATH}/${id}`;

  const send = async <T>(action: string): Promise<T> =>
    (await post<T>(`${path}/${action}`, {})).data;
  const done = (text: TextName) => () => ({
    type: 'success' as const,
    message: say(text, { name }),
  });

  return {
    deployNow: () =>
      run(
        () => send<DeployNow.Response>('trigger'),
        ({ data }) => describeDelivery(data)
      ),
    sendTest: () =>
      run(
        () => send<SendTest.Response>('test'),
        ({ data }) => describeDelivery(data)
      ),
    pause: () => run(() => send<PauseHook.Response>('pause'), done('pause.done')),
    resume: () => run(() => send<PauseHook.Response>('resume'), done('resume.done')),
    /** @returns Whether it is gone. */
    remove: async () =>
      (await run(() => del<DeleteHook.Response>(path), done('delete.done'))) !== undefined,
    /** @returns The new secret, which is given out only here. */
    rotateSecret: async () => {
      const answer = await run(() => send<RotateSecret.Response>('secret'), done('secret.done'));
      return answer?.data.secret;
    },
  };
}

export type HookActions = ReturnType<typeof useHookActions>;
