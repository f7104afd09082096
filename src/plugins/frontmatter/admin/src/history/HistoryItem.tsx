import { Checkbox, Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { HistoryEntry, ShapeSummary } from '../../../shared';
import { labelOf } from '../panel/labels';
import { keyOf } from '../plugin-id';
import { AuthorText } from './AuthorText';

/** One publication: when, who, why and which keys. */
export function HistoryItem({
  entry,
  shape,
  isChosen,
  onChoose,
}: {
  entry: HistoryEntry;
  shape: ShapeSummary;
  isChosen: boolean;
  onChoose(): void;
}) {
  const { formatDate, formatMessage } = useIntl();
  const { at, by, changed, hasText, reason, slug, state } = entry;
  const moment = formatDate(at, { dateStyle: 'medium', timeStyle: 'short' });
  const keys = [...new Set(changed.map((path) => labelOf(shape, path)))].join(', ');
  return (
    <Flex tag="li" alignItems="flex-start" gap={3}>
      <Checkbox
        aria-label={formatMessage({ id: keyOf('history.choose') }, { at: moment })}
        checked={isChosen}
        disabled={!hasText}
        onCheckedChange={onChoose}
      />
      <div>
        <Typography tag="p" fontWeight="semiBold">
          {moment} – {formatMessage({ id: keyOf(`history.reason.${reason}`) }, { slug })}
          {by && (
            <>
              , <AuthorText author={by} />
            </>
          )}
        </Typography>
        {keys !== '' && (
          <Typography tag="p" variant="pi" textColor="neutral600">
            {keys}
          </Typography>
        )}
        {state === 'live' && !hasText && (
          <Typography tag="p" variant="pi" textColor="neutral600">
            {formatMessage({ id: keyOf('history.dropped') })}
          </Typography>
        )}
      </div>
    </Flex>
  );
}
