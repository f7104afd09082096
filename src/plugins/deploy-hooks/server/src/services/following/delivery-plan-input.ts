import type { DeliveryPlanInput } from '../../../../core';
import type { HookRow } from '../../models';
import type { Followed } from './followed-hooks';

/** Returns what decides the next step for a hook. */
export function planInputOf(hook: HookRow, { unsent }: Followed): DeliveryPlanInput {
  const date = (text: string | null): Date | undefined => (text ? new Date(text) : undefined);
  const startOverAt = date(hook.startOverAt);
  const everything = startOverAt && { firstAt: startOverAt, lastAt: startOverAt };
  const madeAt = date(hook.openMadeAt);
  const isOpen = hook.openId !== null && madeAt;
  return {
    timing: hook,
    // A message that says to read everything also covers what is published until it is created.
    unsent: hook.startOver && !isOpen ? everything : unsent.during,
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
