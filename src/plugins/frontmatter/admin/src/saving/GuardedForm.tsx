import { useEffect, useMemo, useRef, useState } from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import type { ShapeSummary } from '../../../shared';
import { labelOf } from '../panel/labels';
import { lazily } from '../lazily';
import { useTexts } from '../use-texts';
import { useFormState } from './form-state';
import { addForm, type Failed, type Failure, type OpenForm } from './open-forms';
import { useSaveAgain } from './use-save-again';
import { useSlugRule } from './use-slug-rule';
import { useTypedMeanwhile } from './use-typed-meanwhile';
import { useUnsaved } from './use-unsaved';

const ConflictDialog = lazily(async () => (await import('./ConflictDialog')).ConflictDialog);
const UnsavedOffer = lazily(async () => (await import('./UnsavedOffer')).UnsavedOffer);

export function GuardedForm({
  documentId,
  shape,
}: {
  documentId: string | undefined;
  shape: ShapeSummary;
}) {
  const say = useTexts();
  const form = useFormState('GuardedForm', (state) => state);
  const [failure, setFailure] = useState<Failure>();
  /** Labels of the fields that someone else changed. */
  const [incoming, setIncoming] = useState<string>();
  const current = useRef(form);
  current.current = form;
  const key = useMemo(
    () => ({ model: shape.contentType, documentId }),
    [shape.contentType, documentId]
  );
  const seen = useRef<OpenForm['seen']>(new Map());
  const unsaved = useUnsaved(key, { form, seen: seen.current });
  const { forget } = unsaved;
  const { onFailed, onSending } = useTypedMeanwhile(form);
  const saveAgain = useSaveAgain(key);
  useSlugRule(shape);

  useEffect(
    () =>
      addForm(key, {
        getForm: () => ({
          initialValues: current.current.initialValues,
          values: current.current.getValues(),
        }),
        seen: seen.current,
        onSending: () => onSending(current.current.getValues()),
        onFailure: (reason) => {
          onFailed();
          setFailure(reason);
        },
        onSaved: (warnings) => {
          setFailure(undefined);
          setIncoming(undefined);
          seen.current.clear();
          forget();
          for (const { code, paths = [] } of warnings) {
            if (code !== 'merged') continue;
            setIncoming(paths.map((path) => labelOf(shape, path)).join(', '));
          }
        },
      }),
    [forget, key, onFailed, onSending, shape]
  );

  return (
    <Flex direction="column" alignItems="stretch" gap={2} width="100%">
      {incoming !== undefined && (
        <Flex background="primary100" gap={2} hasRadius padding={3} role="status">
          <Typography variant="pi" textColor="primary700">
            {say('merged', { fields: incoming })}
          </Typography>
        </Flex>
      )}
      {failure?.kind === 'failed' && form.modified && (
        <Flex
          background="danger100"
          direction="column"
          alignItems="flex-start"
          gap={2}
          hasRadius
          padding={3}
          role="alert"
        >
          <Typography variant="pi" textColor="danger700">
            {say('save.failed', { reason: inWordsOfForm(shape, failure) })}
          </Typography>
          <Button size="S" variant="danger-light" onClick={saveAgain}>
            {say('save.again')}
          </Button>
        </Flex>
      )}
      {failure?.kind === 'conflict' && (
        <ConflictDialog
          conflicts={failure.conflicts}
          shape={shape}
          onCancel={() => setFailure(undefined)}
          onChosen={(chosen) => {
            for (const [path, value] of chosen) seen.current.set(path, value);
            setFailure(undefined);
            saveAgain();
          }}
        />
      )}
      {unsaved.offered && (
        <UnsavedOffer
          documentId={documentId}
          model={shape.contentType}
          unsaved={unsaved.offered}
          onTake={unsaved.take}
          onDiscard={unsaved.discard}
        />
      )}
    </Flex>
  );
}

/** Returns the reason with labels of fields in place of their paths. */
const inWordsOfForm = (shape: ShapeSummary, { paths, reason }: Failed): string =>
  paths.reduce((text, path) => text.replace(`${path}: `, `${labelOf(shape, path)}: `), reason);
