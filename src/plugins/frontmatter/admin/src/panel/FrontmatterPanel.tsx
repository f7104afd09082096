import { useRBAC } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import { MAY_READ_PANEL } from '../rights';
import { lazily } from '../lazily';
import { keyOf } from '../plugin-id';
import { useShapes } from './use-shapes';

interface Version {
  updatedAt?: string;
  publishedAt?: string | null;
}

interface PanelProps {
  activeTab: 'draft' | 'published' | null;
  /** Absent while a copy is made. */
  document?: Version;
  /** While a copy is made, that of the original. */
  documentId?: string;
  meta?: { availableStatus?: Version[] };
  model: string;
}

const PanelContent = lazily(async () => (await import('./PanelContent')).PanelContent);

const ASKED = [MAY_READ_PANEL];

/** Panel beside a form of a document with frontmatter: what readers would get by publishing it. */
export function FrontmatterPanel({ activeTab, document, documentId, meta, model }: PanelProps) {
  const { formatMessage } = useIntl();
  const { allowedActions } = useRBAC(ASKED);
  const shape = useShapes().find(({ contentType }) => contentType === model);
  // The other tab shows what readers have, which cannot be edited.
  if (!shape || allowedActions.canRead !== true || activeTab === 'published') return null;
  const versions = [document, ...(meta?.availableStatus ?? [])];
  return {
    title: formatMessage({ id: keyOf('title'), defaultMessage: 'What publishing changes' }),
    content: (
      <PanelContent
        documentId={documentId}
        isCopy={documentId !== undefined && document === undefined}
        shape={shape}
        savedAt={versions.map((version) => version?.updatedAt ?? '').join()}
      />
    ),
  };
}
