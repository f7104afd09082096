import { Typography } from '@strapi/design-system';
import type { Delivery, DeliveryState, Liveness } from '../../../shared';
import { ClockTime, Moment } from '../text/Moment';
import { Text } from '../text/Text';
import { useTexts } from '../text/use-texts';

const MINUTE_MS = 60_000;

const COLORS: Record<DeliveryState, string> = {
  open: 'primary700',
  delivered: 'success700',
  superseded: 'neutral800',
  failed: 'danger700',
  cancelled: 'neutral800',
};

const LIVENESS_COLORS: Record<Liveness['kind'], string> = {
  waiting: 'neutral800',
  building: 'primary700',
  live: 'success700',
  failed: 'danger700',
  'not-live': 'danger700',
  unknown: 'neutral800',
};

/** The state of a message. */
export function DeliveryStateText({ delivery }: { delivery: Delivery }) {
  const { state } = delivery;
  return (
    <Typography tag="span" fontWeight="bold" textColor={COLORS[state]}>
      {state === 'open' ? <OpenText delivery={delivery} /> : <EndText delivery={delivery} />}
    </Typography>
  );
}

function OpenText({ delivery: { attemptCount, attempts, nextAttemptAt } }: { delivery: Delivery }) {
  const say = useTexts();
  if (attemptCount === 0) return <>{say('delivery.sending')}</>;
  return (
    <Text
      name="delivery.open"
      values={{
        attempts: attemptCount,
        reason: attempts.at(-1)?.error,
        next: nextAttemptAt && <Moment at={nextAttemptAt} />,
      }}
    />
  );
}

function EndText({ delivery: { attempts, state } }: { delivery: Delivery }) {
  const say = useTexts();
  const reason = attempts.at(-1)?.error;
  if (state === 'failed' && reason) return <>{say('delivery.failed-because', { reason })}</>;
  return <>{say(`filter.state.${state}`)}</>;
}

/** Whether the site shows what a message reported. */
export function LivenessText({ live }: { live: Liveness }) {
  const values = {
    at: 'at' in live && <ClockTime at={live.at} />,
    minutes: live.kind === 'not-live' && Math.round(live.afterMs / MINUTE_MS),
    reason: 'reason' in live && live.reason,
  };
  return (
    <Typography tag="span" fontWeight="bold" textColor={LIVENESS_COLORS[live.kind]}>
      <Text name={`live.${live.kind}`} values={values} />
    </Typography>
  );
}
