import { Flex, Loader, Typography } from '@strapi/design-system';
import { useForm } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import type { ShapeSummary } from '../../../shared';
import { keyOf } from '../plugin-id';
import { DateLine } from './DateLine';
import { Findings } from './Findings';
import { PasteNames } from './PasteNames';
import { Texts } from './Texts';
import { usePreview } from './use-preview';

export function PanelContent({
  documentId,
  shape,
}: {
  documentId: string | undefined;
  shape: ShapeSummary;
}) {
  const { formatMessage } = useIntl();
  const values = useForm('FrontmatterPanel', (form) => form.values) as Record<string, unknown>;
  const state = usePreview({ model: shape.contentType, documentId, values });

  if (state.kind === 'loading') {
    return <Loader small>{formatMessage({ id: keyOf('loading') })}</Loader>;
  }
  if (state.kind === 'failed') {
    return (
      <Typography textColor="danger600" role="status">
        {formatMessage({ id: keyOf('failed') }, { reason: state.reason })}
      </Typography>
    );
  }
  const { preview } = state;
  const slug = String(values[shape.slug] ?? '');
  return (
    <Flex direction="column" alignItems="stretch" gap={4} width="100%">
      {preview.date && shape.minorEdit && (
        <DateLine date={preview.date} minorEdit={shape.minorEdit} />
      )}
      <Texts preview={preview} fileName={`${slug || shape.collection}.md`} />
      <Findings preview={preview} model={shape.contentType} />
      {shape.names.map((field) => (
        <PasteNames
          key={field.attribute}
          documentId={documentId}
          field={field}
          model={shape.contentType}
        />
      ))}
    </Flex>
  );
}
