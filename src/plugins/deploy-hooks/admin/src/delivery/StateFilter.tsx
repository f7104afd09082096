import { Box, Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { DELIVERY_STATES, type DeliveryState } from '../../../shared';
import { useTexts } from '../text/use-texts';

const ALL = 'all';
/** Not `cancelled`: that happens only when a site is deleted, and this page with it. */
export const FILTER_STATES = DELIVERY_STATES.filter((state) => state !== 'cancelled');

interface StateFilterProps {
  state: DeliveryState | undefined;
  /** Called with `undefined` for all states. */
  onChange: (state: DeliveryState | undefined) => void;
}

export function StateFilter({ state, onChange }: StateFilterProps) {
  const say = useTexts();
  return (
    <Box maxWidth="32rem">
      <Field.Root name="state">
        <Field.Label>{say('filter.state')}</Field.Label>
        <SingleSelect
          value={state ?? ALL}
          onChange={(value) => onChange(FILTER_STATES.find((known) => known === value))}
        >
          <SingleSelectOption value={ALL}>{say('filter.state.all')}</SingleSelectOption>
          {FILTER_STATES.map((known) => (
            <SingleSelectOption key={known} value={known}>
              {say(`filter.state.${known}`)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
    </Box>
  );
}
