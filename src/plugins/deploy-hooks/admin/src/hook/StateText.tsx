import type { ReactNode } from 'react';
import { Typography } from '@strapi/design-system';
import type { HookState } from '../../../shared';
import { ClockTime, Moment } from '../text/Moment';
import { Text } from '../text/Text';
import { useTexts } from '../text/use-texts';

/** Colors that are legible on light and dark backgrounds. */
const COLORS: Record<HookState['kind'], string> = {
  'up-to-date': 'success700',
  waiting: 'primary700',
  sending: 'primary700',
  failing: 'danger700',
  paused: 'danger700',
  disabled: 'neutral600',
};

/** What a site is about to receive, or why it receives nothing. */
export function StateText({ state }: { state: HookState }) {
  const say = useTexts();
  const { kind } = state;
  const isHeldUp = kind === 'failing' || kind === 'paused';
  return (
    <Typography tag="p" fontWeight="semiBold" textColor={COLORS[kind]}>
      <Text name={`state.${kind}`} values={valuesOf(state)} />
      {isHeldUp && state.changes > 0 && `; ${say('state.changes', { changes: state.changes })}`}
    </Typography>
  );
}

function valuesOf(state: HookState): Record<string, ReactNode> {
  switch (state.kind) {
    case 'waiting':
      return { changes: state.changes, at: <ClockTime at={state.at} /> };
    case 'sending':
      return { changes: state.changes };
    case 'failing': {
      const { failures, nextAttemptAt, reason } = state;
      return { failures, reason, next: <Moment at={nextAttemptAt} /> };
    }
    case 'paused':
      return { reason: state.reason, since: <Moment at={state.since} /> };
    default:
      return {};
  }
}
