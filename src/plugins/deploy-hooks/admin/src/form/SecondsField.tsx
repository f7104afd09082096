import { Field, NumberInput } from '@strapi/design-system';

interface SecondsFieldProps {
  name: string;
  label: string;
  hint: string;
  error: string | undefined;
  /** In seconds. */
  value: number | undefined;
  onChange: (seconds: number | undefined) => void;
}

export const SecondsField = ({ error, hint, label, name, onChange, value }: SecondsFieldProps) => (
  <Field.Root name={name} hint={hint} error={error}>
    <Field.Label>{label}</Field.Label>
    <NumberInput value={value} onValueChange={onChange} />
    <Field.Error />
    <Field.Hint />
  </Field.Root>
);
