import { useMemo } from 'react';
import { useRBAC } from '@strapi/strapi/admin';
import { MAY_READ, mayPublish } from '../data/rights';
import { useTexts } from '../text/use-texts';
import { SiteList } from './SiteList';
import { useCollection } from './use-collection';
import { usePublication } from './use-publication';

interface Version {
  publishedAt?: string | null;
}

interface PanelProps {
  document?: Version;
  documentId?: string;
  meta?: { availableStatus?: Version[] };
  model: string;
}

/** Panel beside a document's form: the sites on which readers find the document. */
export function SitesPanel({ document, documentId, meta, model }: PanelProps) {
  const say = useTexts();
  const asked = useMemo(() => [MAY_READ, mayPublish(model)], [model]);
  const { allowedActions } = useRBAC(asked);
  const isAllowed = allowedActions.canRead === true || allowedActions.canPublish === true;
  const collection = useCollection(isAllowed ? model : undefined);
  // Each tab has either the draft or the published version, and metadata of the other one.
  const versions = [document, ...(meta?.availableStatus ?? [])];
  const publishedAt = versions.find((version) => version?.publishedAt)?.publishedAt ?? undefined;
  const publication = usePublication({ collection, documentId, publishedAt });
  if (!publication?.progress.some(({ stage }) => stage !== 'not-concerned')) return null;
  return { title: say('panel.title'), content: <SiteList publication={publication} /> };
}
