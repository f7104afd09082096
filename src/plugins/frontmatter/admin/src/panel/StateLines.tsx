import { Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { Preview, ShapeSummary, WindowedEntry } from '../../../shared';
import { useTexts } from '../use-texts';
import { labelOf } from './labels';

/** Whether readers get the document, at which address, and what they see for a limited time. */
export function StateLines({ preview, shape }: { preview: Preview; shape: ShapeSummary }) {
  const say = useTexts();
  const { published, scheduled, slug, state, text } = preview;
  const isRenamed = slug.before !== null && slug.before !== slug.after;
  const shown = published === text && !isRenamed ? 'same' : state;
  return (
    <Flex direction="column" alignItems="stretch" gap={1} role="status">
      {shown !== 'live' && (
        <Typography tag="p" fontWeight="semiBold" textColor="neutral800">
          {say(`state.${shown}`)}
        </Typography>
      )}
      {isRenamed && (
        <Typography tag="p" variant="pi" textColor="neutral800">
          {say('renamed', { before: slug.before, after: slug.after })}
        </Typography>
      )}
      {scheduled.map((entry) => (
        <WindowLine key={entry.path} entry={entry} label={labelOf(shape, entry.path)} />
      ))}
    </Flex>
  );
}

function WindowLine({ entry, label }: { entry: WindowedEntry; label: string }) {
  const { formatDate } = useIntl();
  const say = useTexts();
  const { endsAt, name, startsAt } = entry;
  const dayOf = (moment: string | null) =>
    moment === null ? undefined : formatDate(moment, { dateStyle: 'medium', timeStyle: 'short' });
  const window = startsAt === null ? 'until' : endsAt === null ? 'from' : 'between';
  const values = { label, name, from: dayOf(startsAt), until: dayOf(endsAt) };
  return (
    <Typography tag="p" variant="pi" textColor="neutral800">
      {say(`window.${window}`, values)}
    </Typography>
  );
}
