import { Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { Delivery } from '../../../shared';
import { DataTable } from '../text/DataTable';
import { ClockTime } from '../text/Moment';
import { TextBox } from '../text/TextBox';
import { useTexts } from '../text/use-texts';

/** Each attempt to send a message, and what the site answered. */
export function Attempts({ delivery: { attemptCount, attempts } }: { delivery: Delivery }) {
  const say = useTexts();
  const { formatNumber } = useIntl();
  if (attempts.length === 0) return null;
  return (
    <>
      <DataTable
        caption={say('attempts')}
        heads={[
          say('attempts.at'),
          say('attempts.status'),
          say('attempts.duration'),
          say('attempts.error'),
          say('attempts.response'),
        ]}
        rows={attempts.map(({ at, durationMs, error, response, status }, index) => ({
          key: `${at} ${index}`,
          cells: [
            <ClockTime key="at" at={at} />,
            status ?? say('attempts.no-status'),
            say('attempts.ms', { ms: formatNumber(durationMs) }),
            error,
            response && (
              <TextBox
                key="response"
                label={say('attempts.response-of', {
                  number: attemptCount - attempts.length + index + 1,
                })}
                text={response}
              />
            ),
          ],
        }))}
      />
      {attemptCount > attempts.length && (
        <Typography tag="p" variant="pi" textColor="neutral600">
          {say('attempts.more', { count: attemptCount - attempts.length })}
        </Typography>
      )}
    </>
  );
}
