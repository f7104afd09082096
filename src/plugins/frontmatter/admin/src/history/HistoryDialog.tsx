import { useState } from 'react';
import { Button, Flex, Loader, Modal, Typography } from '@strapi/design-system';
import type { ShapeSummary } from '../../../shared';
import { useTexts } from '../use-texts';
import { Comparison } from './Comparison';
import { HistoryItem } from './HistoryItem';
import { Restore } from './Restore';
import { useHistory } from './use-history';

interface HistoryDialogProps {
  documentId: string;
  shape: ShapeSummary;
  mayRestore: boolean;
  onClose(): void;
}

/** All publications of a document. Two of them can be compared, and one restored. */
export function HistoryDialog({ documentId, shape, mayRestore, onClose }: HistoryDialogProps) {
  const say = useTexts();
  const { entries, failure, hasMore, loadMore, retention } = useHistory(
    shape.contentType,
    documentId
  );
  /** Cursors, the older one first. */
  const [chosen, setChosen] = useState<string[]>([]);
  const [one, other] = chosen;

  const choose = (cursor: string): void => {
    const wanted = chosen.includes(cursor)
      ? chosen.filter((each) => each !== cursor)
      : [...chosen.slice(-1), cursor];
    const order = (entries ?? []).map((entry) => entry.cursor);
    setChosen(wanted.sort((a, b) => order.indexOf(b) - order.indexOf(a)));
  };

  return (
    <Modal.Body>
      <Flex direction="column" alignItems="stretch" gap={4}>
        {failure !== undefined && <Typography textColor="danger600">{failure}</Typography>}
        {!entries && failure === undefined && <Loader small>{say('history.loading')}</Loader>}
        {entries && (
          <Typography variant="pi" textColor="neutral600">
            {entries.length === 0
              ? say('history.none')
              : say('history.retention', { count: retention })}
          </Typography>
        )}
        <Flex tag="ul" direction="column" alignItems="stretch" gap={3}>
          {entries?.map((entry) => (
            <HistoryItem
              key={entry.cursor}
              entry={entry}
              shape={shape}
              isChosen={chosen.includes(entry.cursor)}
              onChoose={() => choose(entry.cursor)}
            />
          ))}
        </Flex>
        {hasMore && (
          <Button variant="tertiary" onClick={loadMore}>
            {say('history.more')}
          </Button>
        )}
        {one !== undefined && other === undefined && (
          <Restore
            key={one}
            cursor={one}
            documentId={documentId}
            shape={shape}
            mayRestore={mayRestore}
            onRestored={onClose}
          />
        )}
        {one !== undefined && other !== undefined && (
          <Comparison
            key={chosen.join()}
            cursors={[one, other]}
            documentId={documentId}
            model={shape.contentType}
          />
        )}
      </Flex>
    </Modal.Body>
  );
}
