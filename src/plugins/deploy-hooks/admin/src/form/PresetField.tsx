import { Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import type { Preset } from '../../../core';
import { PRESETS } from '../data/presets';
import { useTexts } from '../text/use-texts';

interface PresetFieldProps {
  error: string | undefined;
  value: Preset;
  onChange: (preset: Preset) => void;
}

export function PresetField({ error, onChange, value }: PresetFieldProps) {
  const say = useTexts();
  return (
    <Field.Root name="preset" hint={say(`preset.hint.${value}`)} error={error} required>
      <Field.Label>{say('preset')}</Field.Label>
      <SingleSelect value={value} onChange={(chosen) => onChange(chosen as Preset)}>
        {PRESETS.map((preset) => (
          <SingleSelectOption key={preset} value={preset}>
            {say(`preset.${preset}`)}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      <Field.Error />
      <Field.Hint />
    </Field.Root>
  );
}
