import { FormattedDate, FormattedRelativeTime, useIntl } from 'react-intl';

const SECOND_MS = 1_000;
const MOMENT = { dateStyle: 'medium', timeStyle: 'medium' } as const;
const TIME_OF_DAY = { hour: 'numeric', minute: '2-digit', second: '2-digit' } as const;
const DAY = { day: 'numeric', month: 'short' } as const;

/** A moment as `4 minutes ago` or `in 4 minutes`, which updates by itself. */
export function Moment({ at }: { at: string }) {
  const { formatDate } = useIntl();
  const seconds = Math.round((Date.parse(at) - Date.now()) / SECOND_MS);
  return (
    <time dateTime={at} title={formatDate(at, MOMENT)}>
      <FormattedRelativeTime
        numeric="auto"
        unit="second"
        updateIntervalInSeconds={1}
        value={seconds}
      />
    </time>
  );
}

/** A moment as clock time, with its day if that is not today. */
export function ClockTime({ at }: { at: string }) {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return (
    <time dateTime={at}>
      <FormattedDate value={at} {...TIME_OF_DAY} {...(!isToday && DAY)} />
    </time>
  );
}
