import { Flex, Loader, Typography } from '@strapi/design-system';
import type { ShapeSummary } from '../../../shared';
import { useFormState } from '../saving/form-state';
import { useTexts } from '../use-texts';
import { DateLine } from './DateLine';
import { Findings } from './Findings';
import { LinkLists } from './LinkLists';
import { PasteNames } from './PasteNames';
import { StateLines } from './StateLines';
import { Texts } from './Texts';
import { usePreview } from './use-preview';
import { useSlugFollowing } from './use-slug-following';

interface PanelContentProps {
  documentId: string | undefined;
  isCopy: boolean;
  shape: ShapeSummary;
  /** Changes whenever the stored document does. */
  savedAt: string;
}

export function PanelContent({ documentId, isCopy, savedAt, shape }: PanelContentProps) {
  const say = useTexts();
  const values = useFormState('FrontmatterPanel', (form) => form.values);
  const state = usePreview({ model: shape.contentType, documentId, values, isCopy, savedAt });
  useSlugFollowing({
    shape,
    values,
    isActive: !isCopy && state.kind === 'shown' && state.preview.state === 'new',
  });

  if (state.kind === 'loading') {
    return <Loader small>{say('loading')}</Loader>;
  }
  if (state.kind === 'failed') {
    return (
      <Typography textColor="danger600" role="status">
        {say('failed', { reason: state.reason })}
      </Typography>
    );
  }
  const { preview } = state;
  const slug = String(values[shape.slug] ?? '');
  return (
    <Flex direction="column" alignItems="stretch" gap={4} width="100%">
      <StateLines preview={preview} shape={shape} />
      {preview.date && shape.minorEdit && (
        <DateLine date={preview.date} minorEdit={shape.minorEdit} shape={shape} />
      )}
      <Texts preview={preview} fileName={`${slug || shape.collection}.md`} />
      <Findings preview={preview} shape={shape} />
      <LinkLists preview={preview} shape={shape} />
      {shape.names.map((field) => (
        <PasteNames key={field.attribute} documentId={documentId} field={field} shape={shape} />
      ))}
    </Flex>
  );
}
