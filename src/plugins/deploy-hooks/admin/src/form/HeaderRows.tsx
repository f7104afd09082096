import { useRef } from 'react';
import { Box, Button, Field, Flex, TextInput, Typography } from '@strapi/design-system';
import { useTexts } from '../text/use-texts';
import type { HeaderRow } from './form-values';

interface HeaderRowsProps {
  rows: HeaderRow[];
  error: string | undefined;
  onChange: (rows: HeaderRow[]) => void;
}

/** Headers sent in addition to those of the preset: names, and values that are never shown. */
export function HeaderRows({ rows, error, onChange }: HeaderRowsProps) {
  const say = useTexts();
  const addButton = useRef<HTMLButtonElement>(null);
  const nextKey = Math.max(-1, ...rows.map(({ key }) => key)) + 1;
  const replace = (row: HeaderRow) =>
    onChange(rows.map((other) => (other.key === row.key ? row : other)));
  function remove(row: HeaderRow): void {
    onChange(rows.filter((other) => other.key !== row.key));
    addButton.current?.focus();
  }

  return (
    <Box tag="fieldset" borderStyle="none" padding={0}>
      <Typography tag="legend" padding={0} variant="pi" fontWeight="bold" textColor="neutral800">
        {say('headers')}
      </Typography>
      <Flex direction="column" alignItems="stretch" gap={2} paddingTop={2}>
        {rows.map((row) => (
          <HeaderFields key={row.key} row={row} onChange={replace} onRemove={() => remove(row)} />
        ))}
        {error && (
          <Typography tag="p" variant="pi" role="alert" tabIndex={-1} textColor="danger600">
            {error}
          </Typography>
        )}
        <Flex>
          <Button
            ref={addButton}
            size="S"
            variant="tertiary"
            onClick={() => onChange([...rows, { key: nextKey, name: '', value: '' }])}
          >
            {say('headers.add')}
          </Button>
        </Flex>
      </Flex>
    </Box>
  );
}

interface HeaderFieldsProps {
  row: HeaderRow;
  onChange: (row: HeaderRow) => void;
  onRemove: () => void;
}

function HeaderFields({ row, onChange, onRemove }: HeaderFieldsProps) {
  const say = useTexts();
  const isStored = row.value === null;
  return (
    <Flex gap={2} wrap="wrap" alignItems="flex-end">
      <Field.Root name={`header-name-${row.key}`}>
        <Field.Label>{say('headers.name')}</Field.Label>
        <TextInput
          autoComplete="off"
          autoFocus={row.name === ''} // a row that was just added
          value={row.name}
          // A stored value does not apply to another name.
          onChange={(event) =>
            onChange({ ...row, name: event.target.value, value: row.value ?? '' })
          }
        />
      </Field.Root>
      <Field.Root name={`header-value-${row.key}`}>
        <Field.Label>{say('headers.value')}</Field.Label>
        <TextInput
          autoComplete="new-password"
          placeholder={isStored ? say('stays') : undefined}
          type="password"
          value={row.value ?? ''}
          onChange={(event) => onChange({ ...row, value: event.target.value })}
        />
      </Field.Root>
      <Button variant="tertiary" onClick={onRemove}>
        {say('headers.remove')}
      </Button>
    </Flex>
  );
}
