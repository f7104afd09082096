import { Checkbox, Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { HistoryEntry, ShapeSummary } from '../../../shared';
import { labelOf } from '../panel/labels';
import { useTexts, type TextName } from '../use-texts';
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
  const { formatDate } = useIntl();
  const say = useTexts();
  const { at, by, changed, hasText, reason, slug, state } = entry;
  const moment = formatDate(at, { dateStyle: 'medium', timeStyle: 'short' });
  const keys = [...new Set(changed.map((path) => labelOf(shape, path)))].join(', ');
  return (
    <Flex tag="li" alignItems="flex-start" gap={3}>
      <Checkbox
        aria-label={say('history.choose', { at: moment })}
        checked={isChosen}
        disabled={!hasText}
        onCheckedChange={onChoose}
      />
      <div>
        <Typography tag="p" fontWeight="semiBold">
          {moment} – {say(`history.reason.${reason}` as TextName, { slug })}
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
            {say('history.dropped')}
          </Typography>
        )}
      </div>
    </Flex>
  );
}
