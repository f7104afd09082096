import { useState } from 'react';
import { Button, Flex, Modal, Typography } from '@strapi/design-system';
import { useFetchClient, useNotification, useRBAC } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import { useParams } from 'react-router-dom';
import type { DeletedDocument, FindDeleted, ShapeSummary } from '../../../shared';
import { useShapes } from '../panel/use-shapes';
import { PLUGIN_ID } from '../plugin-id';
import { useTexts } from '../use-texts';
import { MAY_READ_HISTORY, MAY_RESTORE } from '../rights';
import { AuthorText } from './AuthorText';
import { useRestoreDeletedMutation } from './restore-api';

const ASKED = [MAY_READ_HISTORY, MAY_RESTORE];

/** A button above a list of documents that shows deleted ones, and can restore them. */
export function DeletedDocuments() {
  const { slug: model } = useParams();
  const { allowedActions } = useRBAC(ASKED);
  const shape = useShapes().find(({ contentType }) => contentType === model);
  if (!shape || allowedActions.canRead !== true) return null;
  return <DeletedList mayRestore={allowedActions.canRestore === true} shape={shape} />;
}

function DeletedList({ mayRestore, shape }: { mayRestore: boolean; shape: ShapeSummary }) {
  const { formatDate } = useIntl();
  const say = useTexts();
  const { get } = useFetchClient();
  const [restoreDeleted] = useRestoreDeletedMutation();
  const { toggleNotification } = useNotification();
  const [deleted, setDeleted] = useState<DeletedDocument[]>();
  const path = `/${PLUGIN_ID}/deleted/${shape.contentType}`;

  const fail = (error: Error): void =>
    toggleNotification({ type: 'danger', message: error.message });
  const load = (): void => {
    get<FindDeleted.Response>(path).then(({ data }) => setDeleted(data.data), fail);
  };
  async function restore(slug: string): Promise<void> {
    const result = await restoreDeleted({ model: shape.contentType, slug });
    if ('error' in result) return fail(result.error as Error);
    toggleNotification({ type: 'success', message: say('deleted.restored', { slug }) });
    load();
  }

  return (
    <Modal.Root onOpenChange={(isOpen) => isOpen && load()}>
      <Modal.Trigger>
        <Button variant="tertiary" size="S">
          {say('deleted.open')}
        </Button>
      </Modal.Trigger>
      <Modal.Content>
        <Modal.Header>
          <Modal.Title>{say('deleted.open')}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          {deleted?.length === 0 && <Typography>{say('deleted.none')}</Typography>}
          <Flex tag="ul" direction="column" alignItems="stretch" gap={3}>
            {deleted?.map(({ at, by, hasText, slug }) => (
              <Flex key={slug} tag="li" justifyContent="space-between" gap={3}>
                <Typography>
                  <strong>{slug}</strong>{' '}
                  {formatDate(at, { dateStyle: 'medium', timeStyle: 'short' })}
                  {by && (
                    <>
                      , <AuthorText author={by} />
                    </>
                  )}
                </Typography>
                {mayRestore && hasText && (
                  <Button size="S" variant="secondary" onClick={() => restore(slug)}>
                    {say('deleted.restore')}
                  </Button>
                )}
              </Flex>
            ))}
          </Flex>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
