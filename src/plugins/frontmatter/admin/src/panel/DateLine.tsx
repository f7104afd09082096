import { Checkbox, Flex, Typography } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import type { Preview, ShapeSummary } from '../../../shared';
import { useTexts } from '../use-texts';
import { labelOf } from './labels';

/** What the date becomes on publishing, why, and a checkbox that keeps it. */
export function DateLine({
  date,
  minorEdit,
  shape,
}: {
  date: NonNullable<Preview['date']>;
  minorEdit: string;
  shape: ShapeSummary;
}) {
  const say = useTexts();
  const { onChange, value } = useField<boolean | null>(minorEdit);
  const keys = [...new Set(date.changed.map((path) => `“${labelOf(shape, path)}”`))].join(', ');
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <div role="status">
        {date.reason !== 'unchanged' && (
          <Typography tag="p" fontWeight="semiBold" textColor="neutral800">
            {date.modified ? say('date', { date: date.modified }) : say('date.none')}
          </Typography>
        )}
        <Typography tag="p" variant="pi" textColor="neutral600">
          {say(`reason.${date.reason}`, { keys, date: date.modified })}
        </Typography>
      </div>
      <Checkbox
        checked={value === true}
        onCheckedChange={(checked) => onChange(minorEdit, checked === true)}
      >
        {say('minor-edit')}
      </Checkbox>
    </Flex>
  );
}
