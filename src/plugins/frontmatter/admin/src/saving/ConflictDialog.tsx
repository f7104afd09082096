import { useState } from 'react';
import { Box, Button, Flex, Modal, Radio, Typography } from '@strapi/design-system';
import type { FormConflict, ShapeSummary } from '../../../shared';
import { Difference } from '../panel/Difference';
import { labelOf } from '../panel/labels';
import { TextBox } from '../panel/TextBox';
import { useTexts } from '../use-texts';

type Choice = 'mine' | 'theirs';

interface ConflictDialogProps {
  conflicts: readonly FormConflict[];
  shape: ShapeSummary;
  onCancel(): void;
  /** By path, the value that the author of the form decided against: the other one stays. */
  onChosen(decided: [path: string, value: unknown][]): void;
}

/** Values changed both here and by someone else. Nothing is saved until one is chosen for each. */
export function ConflictDialog({ conflicts, shape, onCancel, onChosen }: ConflictDialogProps) {
  const say = useTexts();
  const [choices, setChoices] = useState<Record<string, Choice>>({});

  const save = (): void =>
    onChosen(
      conflicts.map(({ path, mine, theirs }) => [path, choices[path] === 'mine' ? theirs : mine])
    );

  return (
    <Modal.Root open onOpenChange={(isOpen) => !isOpen && onCancel()}>
      <Modal.Content>
        <Modal.Header>
          <Modal.Title>{say('conflict.title')}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Flex direction="column" alignItems="stretch" gap={6}>
            <Typography>{say('conflict.explanation')}</Typography>
            {conflicts.map((conflict) => (
              <Conflict
                key={conflict.path}
                conflict={conflict}
                label={labelOf(shape, conflict.path)}
                choice={choices[conflict.path]}
                onChoose={(choice) => setChoices({ ...choices, [conflict.path]: choice })}
              />
            ))}
          </Flex>
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onCancel}>
            {say('conflict.cancel')}
          </Button>
          <Button disabled={conflicts.some(({ path }) => !choices[path])} onClick={save}>
            {say('conflict.save')}
          </Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}

function Conflict({
  conflict: { path, mine, theirs },
  label,
  choice,
  onChoose,
}: {
  conflict: FormConflict;
  label: string;
  choice: Choice | undefined;
  onChoose(choice: Choice): void;
}) {
  const say = useTexts();
  const texts = { mine: textOf(mine), theirs: textOf(theirs) };
  const isLong = Object.values(texts).some((text) => text.includes('\n'));
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Typography tag="h3" variant="delta">
        {label}
      </Typography>
      {isLong && (
        <Difference label={say('conflict.difference')} before={texts.theirs} after={texts.mine} />
      )}
      <Radio.Group
        aria-label={label}
        name={path}
        value={choice ?? ''}
        onValueChange={(value: string) => onChoose(value as Choice)}
      >
        {(['mine', 'theirs'] as const).map((side) => (
          <Box key={side} paddingBottom={2}>
            <Radio.Item value={side}>{say(`conflict.${side}`)}</Radio.Item>
            {!isLong && <TextBox label={say(`conflict.${side}`)}>{texts[side]}</TextBox>}
          </Box>
        ))}
      </Radio.Group>
    </Flex>
  );
}

const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : value === null || value === undefined
      ? '–'
      : JSON.stringify(value, null, 2);
