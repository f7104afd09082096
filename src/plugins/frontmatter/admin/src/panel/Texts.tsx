import { Button, Flex, Modal, Tabs, Typography } from '@strapi/design-system';
import { Download, Duplicate, Expand } from '@strapi/icons';
import { useClipboard, useNotification } from '@strapi/strapi/admin';
import type { Preview } from '../../../shared';
import { useTexts } from '../use-texts';
import { Difference } from './Difference';
import { TextBox } from './TextBox';

const SPACED = { paddingTop: '0.8rem' };

/** The difference from what readers get, and the whole file, to view, copy and download. */
export function Texts({ preview, fileName }: { preview: Preview; fileName: string }) {
  const say = useTexts();
  const { copy } = useClipboard();
  const { toggleNotification } = useNotification();
  const { text } = preview;

  async function copyText(): Promise<void> {
    if (await copy(text)) toggleNotification({ type: 'success', message: say('copied') });
  }

  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <TextTabs preview={preview} />
      <Flex gap={2} wrap="wrap">
        <Button variant="tertiary" size="S" startIcon={<Duplicate />} onClick={copyText}>
          {say('copy')}
        </Button>
        <Button
          variant="tertiary"
          size="S"
          startIcon={<Download />}
          onClick={() => download(text, fileName)}
        >
          {say('download')}
        </Button>
        <Modal.Root>
          <Modal.Trigger>
            <Button variant="tertiary" size="S" startIcon={<Expand />}>
              {say('expand')}
            </Button>
          </Modal.Trigger>
          <Modal.Content>
            <Modal.Header>
              <Modal.Title>{fileName}</Modal.Title>
            </Modal.Header>
            <Modal.Body>
              <TextTabs preview={preview} maxHeight="60vh" />
            </Modal.Body>
          </Modal.Content>
        </Modal.Root>
      </Flex>
    </Flex>
  );
}

function TextTabs({ preview, maxHeight }: { preview: Preview; maxHeight?: string }) {
  const say = useTexts();
  const { published, text } = preview;
  const size = maxHeight === undefined ? {} : { maxHeight };
  return (
    <Tabs.Root defaultValue="changes" variant="simple">
      <Tabs.List aria-label={say('title')}>
        <Tabs.Trigger value="changes">{say('tab.changes')}</Tabs.Trigger>
        <Tabs.Trigger value="file">{say('tab.file')}</Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content value="changes" style={SPACED}>
        {published === text || published === null ? (
          <Typography tag="p" variant="pi" textColor="neutral600">
            {say(published === null ? 'changes.all' : 'changes.none')}
          </Typography>
        ) : (
          <Difference label={say('changes')} before={published} after={text} {...size} />
        )}
      </Tabs.Content>
      <Tabs.Content value="file" style={SPACED}>
        <TextBox label={say('file')} {...size}>
          {text}
        </TextBox>
      </Tabs.Content>
    </Tabs.Root>
  );
}

function download(text: string, fileName: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/markdown' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: fileName });
  link.click();
  URL.revokeObjectURL(url);
}
