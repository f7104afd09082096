import { Button, Field, Flex, Modal, TextInput, Typography } from '@strapi/design-system';
import { Duplicate } from '@strapi/icons';
import { useClipboard, useNotification } from '@strapi/strapi/admin';
import { useTexts } from '../text/use-texts';

interface SecretDialogProps {
  /** `undefined` shows no dialog. */
  secret: string | undefined;
  name: string;
  /** Called when the secret must be forgotten. */
  onClose: () => void;
  /** Called when the dialog is gone: the focus must move elsewhere. */
  onClosed?: () => void;
}

/** A signing secret, to be copied now or never. */
export function SecretDialog({ secret, name, onClose, onClosed }: SecretDialogProps) {
  const say = useTexts();
  const { copy } = useClipboard();
  const { toggleNotification } = useNotification();

  async function copySecret(): Promise<void> {
    const isCopied = await copy(secret ?? '');
    toggleNotification(
      isCopied
        ? { type: 'success', message: say('secret.copied') }
        : { type: 'danger', message: say('secret.not-copied') }
    );
  }

  return (
    <Modal.Root open={secret !== undefined} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Modal.Content
        // A click outside would lose the secret.
        onInteractOutside={(event) => event.preventDefault()}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          onClosed?.();
        }}
      >
        <Modal.Header closeLabel={say('close')}>
          <Modal.Title>{say('secret.title', { name })}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Flex direction="column" alignItems="stretch" gap={4}>
            <Typography tag="p" fontWeight="semiBold">
              {say('secret.once')}
            </Typography>
            <Field.Root name="secret" hint={say('secret.hint')}>
              <Field.Label>{say('secret.label')}</Field.Label>
              <TextInput readOnly value={secret ?? ''} onFocus={(event) => event.target.select()} />
              <Field.Hint />
            </Field.Root>
          </Flex>
        </Modal.Body>
        <Modal.Footer>
          <Button variant="secondary" startIcon={<Duplicate />} onClick={copySecret}>
            {say('secret.copy')}
          </Button>
          <Modal.Close>
            <Button>{say('secret.close')}</Button>
          </Modal.Close>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}
