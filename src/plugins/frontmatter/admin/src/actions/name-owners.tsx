import { Flex } from '@strapi/design-system';
import { useShapes } from '../panel/use-shapes';
import { useTexts, type TextName } from '../use-texts';
import type { Action } from './document-action';
import { OwnersNotice } from './OwnersNotice';

const ENDING = ['unpublish', 'delete'];

/** Makes unpublishing and deleting ask first, and say which published documents lose something. */
export const nameOwners = (actions: Action[]): Action[] =>
  actions.map((action) => (ENDING.includes(action.type ?? '') ? withOwners(action) : action));

function withOwners(action: Action): Action {
  const wrapped: Action = (props) => {
    const say = useTexts();
    const shapes = useShapes();
    const description = action(props);
    const { documentId, documents = [], model } = props;
    const isShown = shapes.some(
      (shape) => shape.contentType === model || shape.shows.includes(model)
    );
    if (!description || !isShown) return description;
    const ids = documentId === undefined ? documents.map((each) => each.documentId) : [documentId];
    const { dialog, onClick } = description;
    const ofStrapi = typeof dialog?.content === 'function' ? null : dialog?.content;
    return {
      ...description,
      // An action without its own dialog would run at once.
      ...(!dialog && { onClick: undefined }),
      dialog: {
        type: 'dialog',
        title: say(`end.${action.type}` as TextName),
        onConfirm: () => onClick?.(),
        ...dialog,
        content: (
          <Flex direction="column" alignItems="stretch" gap={4}>
            <OwnersNotice documentIds={ids} model={model} />
            {ofStrapi}
          </Flex>
        ),
      },
    };
  };
  return Object.assign(wrapped, { type: action.type, position: action.position });
}
