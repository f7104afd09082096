import { useState } from 'react';
import { Button, Checkbox, Flex, Typography } from '@strapi/design-system';
import { useAPIErrorHandler, useForm, useNotification } from '@strapi/strapi/admin';
import type { ShapeSummary } from '../../../shared';
import { Difference } from '../panel/Difference';
import { labelOf } from '../panel/labels';
import { useTexts } from '../use-texts';
import { useRestorePublicationMutation } from './restore-api';
import { usePublicationText } from './use-history';

interface RestoreProps {
  cursor: string;
  documentId: string;
  shape: ShapeSummary;
  mayRestore: boolean;
  onRestored(): void;
}

/** One publication, and a choice of what to restore into the draft. */
export function Restore({ cursor, documentId, shape, mayRestore, onRestored }: RestoreProps) {
  const say = useTexts();
  const [restorePublication] = useRestorePublicationMutation();
  const { _unstableFormatAPIError: formatAPIError } = useAPIErrorHandler();
  // In the form, restored values would replace what was typed.
  const isModified = useForm('Restore', (form) => form.modified);
  const { toggleNotification } = useNotification();
  const model = shape.contentType;
  const found = usePublicationText(model, documentId, cursor);
  const [left, setLeft] = useState<string[]>([]);

  if (typeof found === 'string') return <Typography textColor="danger600">{found}</Typography>;
  if (!found) return null;
  const paths = found.paths.filter((path) => !left.includes(path));

  async function restore(): Promise<void> {
    const result = await restorePublication({ model, documentId, cursor, paths });
    if ('error' in result) {
      toggleNotification({ type: 'danger', message: formatAPIError(result.error as never) });
      return;
    }
    toggleNotification({ type: 'success', message: say('restore.done') });
    onRestored();
  }

  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Difference label={say('restore.difference')} before={found.draft} after={found.text} />
      {found.paths.length === 0 ? (
        <Typography>{say('restore.nothing')}</Typography>
      ) : (
        mayRestore && (
          <>
            <Typography tag="h3" variant="delta">
              {say('restore.title')}
            </Typography>
            {found.paths.map((path) => (
              <Checkbox
                key={path}
                checked={!left.includes(path)}
                onCheckedChange={(isWanted) =>
                  setLeft(
                    isWanted === true ? left.filter((each) => each !== path) : [...left, path]
                  )
                }
              >
                {labelOf(shape, path)}
              </Checkbox>
            ))}
            {isModified && (
              <Typography textColor="warning700">{say('restore.modified')}</Typography>
            )}
            <Button disabled={paths.length === 0 || isModified} onClick={restore}>
              {say('restore.button')}
            </Button>
          </>
        )
      )}
    </Flex>
  );
}
