import { Checkbox, Flex, Typography } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import type { Preview, ShapeSummary } from '../../../shared';
import { keyOf } from '../plugin-id';
import { labelOf } from './labels';

/** What the date becomes on publishing, why, and the tick that leaves it alone. */
export function DateLine({
  date,
  minorEdit,
  shape,
}: {
  date: NonNullable<Preview['date']>;
  minorEdit: string;
  shape: ShapeSummary;
}) {
  const { formatMessage } = useIntl();
  const { onChange, value } = useField<boolean | null>(minorEdit);
  const keys = [...new Set(date.changed.map((path) => `“${labelOf(shape, path)}”`))].join(', ');
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <div role="status">
        {date.reason !== 'unchanged' && (
          <Typography tag="p" fontWeight="semiBold" textColor="neutral800">
            {date.modified
              ? formatMessage({ id: keyOf('date') }, { date: date.modified })
              : formatMessage({ id: keyOf('date.none') })}
          </Typography>
        )}
        <Typography tag="p" variant="pi" textColor="neutral600">
          {formatMessage({ id: keyOf(`reason.${date.reason}`) }, { keys, date: date.modified })}
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
