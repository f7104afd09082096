import { Field, Textarea, TextInput } from '@strapi/design-system';

interface TextFieldProps {
  name: string;
  label: string;
  hint?: string;
  error: string | undefined;
  value: string;
  onChange: (value: string) => void;
  isRequired?: boolean;
  /** Whether it holds a list, one item per line. */
  isList?: boolean;
  type?: 'text' | 'url' | 'password';
  placeholder?: string;
}

export function TextField(props: TextFieldProps) {
  const { error, hint, isList, isRequired, label, name, onChange, placeholder, type, value } =
    props;
  const common = { value, placeholder, autoComplete: type === 'password' ? 'new-password' : 'off' };
  return (
    <Field.Root name={name} hint={hint} error={error} required={isRequired}>
      <Field.Label>{label}</Field.Label>
      {isList ? (
        <Textarea {...common} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <TextInput {...common} type={type} onChange={(event) => onChange(event.target.value)} />
      )}
      <Field.Error />
      <Field.Hint />
    </Field.Root>
  );
}
