import type { Core } from '@strapi/strapi';
import { dateReasonText, formatCursor, parseCursor } from '../../../../core';
import type { History, HistoryEntry, HistoryOptions } from '../../../../shared';
import type { Publication } from '../../models';
import { getPublications } from '../store/publications';
import { serviceOf } from '../foundation/service-of';

interface ServerHistory extends History {
  ofDocument(documentId: string, options?: HistoryOptions): Promise<HistoryEntry[]>;
}

/** What readers got of a document, when and why, even if it is gone. */
export function createHistory({ strapi }: { strapi: Core.Strapi }): ServerHistory {
  async function ofDocument(
    documentId: string,
    { limit, before }: HistoryOptions = {}
  ): Promise<HistoryEntry[]> {
    const rows = await getPublications(strapi).findHistoryOf(documentId, {
      limit,
      before: before === undefined ? undefined : parseCursor(before)?.seq,
    });
    return rows.map(entryOf);
  }

  return {
    ofDocument,

    async of(collection, slug, options): Promise<HistoryEntry[]> {
      const publications = getPublications(strapi);
      const [current] = await publications.findCurrent(collection, [slug]);
      if (!current) return [];
      return ofDocument(current.documentId, options);
    },
  };
}

function entryOf(row: Publication): HistoryEntry {
  const { at, slug, state, reason, changed, datePublished, dateModified } = row;
  return {
    cursor: formatCursor(row),
    at,
    slug,
    state,
    reason,
    changed,
    by: row.publishedBy ?? null,
    hasText: row.text !== null,
    datePublished,
    dateModified,
    date: row.dateReason && {
      reason: row.dateReason,
      changed: row.dateChanged,
      text: dateReasonText(row.dateReason, row.dateChanged),
    },
  };
}

export const getHistory = serviceOf('history', createHistory);
