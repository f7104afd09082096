import { Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { Preview, ShapeSummary, WindowedEntry } from '../../../shared';
import { keyOf } from '../plugin-id';
import { labelOf } from './labels';

/** Whether readers get the document, at which address, and what they see of it for some time only. */
export function StateLines({ preview, shape }: { preview: Preview; shape: ShapeSummary }) {
  const { formatMessage } = useIntl();
  const { published, scheduled, slug, state, text } = preview;
  const isRenamed = slug.before !== null && slug.before !== slug.after;
  const isSame = published === text && !isRenamed;
  return (
    <Flex direction="column" alignItems="stretch" gap={1} role="status">
      {(isSame || state !== 'live') && (
        <Typography tag="p" fontWeight="semiBold" textColor="neutral800">
          {formatMessage({ id: keyOf(isSame ? 'state.same' : `state.${state}`) })}
        </Typography>
      )}
      {isRenamed && (
        <Typography tag="p" variant="pi" textColor="neutral800">
          {formatMessage({ id: keyOf('renamed') }, { before: slug.before, after: slug.after })}
        </Typography>
      )}
      {scheduled.map((entry) => (
        <WindowLine key={entry.path} entry={entry} label={labelOf(shape, entry.path)} />
      ))}
    </Flex>
  );
}

function WindowLine({ entry, label }: { entry: WindowedEntry; label: string }) {
  const { formatDate, formatMessage } = useIntl();
  const { endsAt, name, startsAt } = entry;
  const dayOf = (moment: string | null) =>
    moment === null ? undefined : formatDate(moment, { dateStyle: 'medium', timeStyle: 'short' });
  const window = startsAt === null ? 'until' : endsAt === null ? 'from' : 'between';
  const values = { label, name, from: dayOf(startsAt), until: dayOf(endsAt) };
  return (
    <Typography tag="p" variant="pi" textColor="neutral800">
      {formatMessage({ id: keyOf(`window.${window}`) }, values)}
    </Typography>
  );
}
