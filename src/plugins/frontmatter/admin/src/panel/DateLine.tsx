import { Checkbox, Flex, Typography } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import type { Preview } from '../../../shared';
import { keyOf } from '../plugin-id';

/** What the date becomes on publishing, why, and the tick that leaves it alone. */
export function DateLine({
  date,
  minorEdit,
}: {
  date: NonNullable<Preview['date']>;
  minorEdit: string;
}) {
  const { formatMessage } = useIntl();
  const { onChange, value } = useField<boolean | null>(minorEdit);
  const paths = date.changed.join(', ');
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <div role="status">
        <Typography tag="p" fontWeight="semiBold" textColor="neutral800">
          {date.modified
            ? formatMessage({ id: keyOf('date') }, { date: date.modified })
            : formatMessage({ id: keyOf('date.none') })}
        </Typography>
        <Typography tag="p" variant="pi" textColor="neutral600">
          {formatMessage({ id: keyOf(`reason.${date.reason}`) }, { paths })}
        </Typography>
      </div>
      <Checkbox
        checked={value === true}
        onCheckedChange={(checked) => onChange(minorEdit, checked === true)}
      >
        {formatMessage({ id: keyOf('minor-edit') })}
      </Checkbox>
    </Flex>
  );
}
