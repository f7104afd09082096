import type { Core } from '@strapi/strapi';
import { dateReasonText, formatCursor } from '../../../../core';
import type { History, HistoryEntry } from '../../../../shared';
import type { Publication } from '../../models';
import { getPublications } from '../store/publications';
import { serviceOf } from '../foundation/service-of';

/** What a document gave its readers, when and why: also of one that is gone. */
export function createHistory({ strapi }: { strapi: Core.Strapi }): History {
  return {
    async of(collection, slug, { limit } = {}): Promise<HistoryEntry[]> {
      const publications = getPublications(strapi);
      const [current] = await publications.findCurrent(collection, [slug]);
      if (!current) return [];
      const rows = await publications.findHistoryOf(current.documentId, { limit });
      return rows.map(entryOf);
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
