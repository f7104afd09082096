import { Clock } from '@strapi/icons';
import { useRBAC } from '@strapi/strapi/admin';
import type { Action } from '../actions/document-action';
import { useShapes } from '../panel/use-shapes';
import { lazily } from '../lazily';
import { useTexts } from '../use-texts';
import { MAY_READ_HISTORY, MAY_RESTORE } from '../rights';

const HistoryDialog = lazily(async () => (await import('./HistoryDialog')).HistoryDialog);

const ASKED = [MAY_READ_HISTORY, MAY_RESTORE];

/** Action in a document's menu that shows what readers got of it, and can restore that. */
export const HistoryAction: Action = ({ documentId, model }) => {
  const say = useTexts();
  const { allowedActions } = useRBAC(ASKED);
  const shape = useShapes().find(({ contentType }) => contentType === model);
  if (!shape || documentId === undefined || allowedActions.canRead !== true) return null;
  const title = say('history');
  return {
    label: title,
    icon: <Clock />,
    position: ['header', 'table-row'],
    dialog: {
      type: 'modal',
      title,
      content: ({ onClose }) => (
        <HistoryDialog
          documentId={documentId}
          shape={shape}
          mayRestore={allowedActions.canRestore === true}
          onClose={onClose}
        />
      ),
    },
  };
};
HistoryAction.position = ['header', 'table-row'];
