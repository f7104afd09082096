import { useState } from 'react';
import { Button, Flex, Modal, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { Difference } from '../panel/Difference';
import { usePreview } from '../panel/use-preview';
import { useTexts } from '../use-texts';
import { useFormState } from './form-state';
import type { Unsaved } from './unsaved';

interface OfferProps {
  documentId: string | undefined;
  model: string;
  unsaved: Unsaved;
  onTake(): void;
  onDiscard(): void;
}

/** Text that was typed before and never saved, with what it would change. */
export function UnsavedOffer({ documentId, model, unsaved, onTake, onDiscard }: OfferProps) {
  const { formatDate } = useIntl();
  const say = useTexts();
  const [isOpen, setIsOpen] = useState(false);
  const at = formatDate(unsaved.at, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <Flex
      background="warning100"
      direction="column"
      alignItems="flex-start"
      gap={2}
      hasRadius
      padding={3}
      role="status"
    >
      <Typography variant="pi" textColor="warning700">
        {say('unsaved.found', { at })}
      </Typography>
      <Modal.Root open={isOpen} onOpenChange={setIsOpen}>
        <Modal.Trigger>
          <Button size="S" variant="secondary">
            {say('unsaved.show')}
          </Button>
        </Modal.Trigger>
        <Modal.Content>
          <Modal.Header>
            <Modal.Title>{say('unsaved.title', { at })}</Modal.Title>
          </Modal.Header>
          <Modal.Body>
            <UnsavedDifference documentId={documentId} model={model} unsaved={unsaved} />
          </Modal.Body>
          <Modal.Footer>
            <Button variant="tertiary" onClick={onDiscard}>
              {say('unsaved.discard')}
            </Button>
            <Button onClick={onTake}>{say('unsaved.take')}</Button>
          </Modal.Footer>
        </Modal.Content>
      </Modal.Root>
    </Flex>
  );
}

function UnsavedDifference({
  documentId,
  model,
  unsaved,
}: Pick<OfferProps, 'documentId' | 'model' | 'unsaved'>) {
  const say = useTexts();
  const values = useFormState('UnsavedDifference', (form) => form.values);
  const [typed] = useState(() => ({ ...values, ...unsaved.values }));
  const now = usePreview({ model, documentId, values });
  const then = usePreview({ model, documentId, values: typed });
  if (now.kind !== 'shown' || then.kind !== 'shown') {
    const reason = [now, then].find((state) => state.kind === 'failed');
    return (
      <Typography>{reason ? say('failed', { reason: reason.reason }) : say('loading')}</Typography>
    );
  }
  return (
    <Difference
      label={say('unsaved.difference')}
      before={now.preview.text}
      after={then.preview.text}
    />
  );
}
