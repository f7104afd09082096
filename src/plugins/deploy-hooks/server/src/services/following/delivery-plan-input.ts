import type { DeliveryPlanInput } from '../../../../core';
import type { HookRow } from '../../models';
import type { Followed } from './followed-hooks';

/** What decides what is to be done for a hook. */
export function planInputOf(hook: HookRow, { untold }: Followed): DeliveryPlanInput {
  const date = (text: string | null): Date | undefined => (text ? new Date(text) : undefined);
  const startOverAt = date(hook.startOverAt);
  const toldAll = startOverAt && { firstAt: startOverAt, lastAt: startOverAt };
  const madeAt = date(hook.openMadeAt);
  const isOpen = hook.openId !== null && madeAt;
  return {
    timing: hook,
    // A message that says to read everything also tells what comes until it is made.
    untold: hook.startOver && !isOpen ? toldAll : untold.during,
    notBefore: date(hook.notBefore),
    wantedAt: date(hook.wantedAt),
    open: isOpen
      ? {
          madeAt,
          nextAttemptAt: date(hook.nextAttemptAt),
          isOutdated: hook.openRevision !== hook.revision,
        }
      : undefined,
  };
}
