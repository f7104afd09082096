import { useIntl } from 'react-intl';
import { keyOf } from '../plugin-id';
import { PanelContent } from './PanelContent';
import { useShapes } from './use-shapes';

interface PanelProps {
  activeTab: 'draft' | 'published' | null;
  documentId?: string;
  model: string;
}

/** Beside the form of a document that has frontmatter: what publishing it would give its readers. */
export function FrontmatterPanel({ activeTab, documentId, model }: PanelProps) {
  const { formatMessage } = useIntl();
  const shape = useShapes().find(({ contentType }) => contentType === model);
  // What readers have stands in the other tab, and cannot be edited.
  if (!shape || activeTab === 'published') return null;
  return {
    title: formatMessage({ id: keyOf('title'), defaultMessage: 'Frontmatter' }),
    content: <PanelContent documentId={documentId} shape={shape} />,
  };
}
