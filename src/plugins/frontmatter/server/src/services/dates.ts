import type { Core, UID } from '@strapi/strapi';
import {
  calendarDate,
  datePopulateOf,
  decideDates,
  type DateDecision,
  type Shape,
  type StoredDocument,
} from '../../../core';
import { getConfig } from '../config';
import type { Publication } from '../models';
import { getService } from '../plugin-id';

/** A row of a shaped type, populated for its dates, with its database id. */
type Row = StoredDocument & { id: number; documentId: string };

export function createDates({ strapi }: { strapi: Core.Strapi }) {
  const rows = (shape: Shape) => strapi.db.query(shape.contentType as UID.ContentType);

  const today = (): string => {
    const { timeZone } = getConfig(strapi);
    return calendarDate(getService(strapi, 'clock').now(), timeZone);
  };

  function decide(shape: Shape, previous: Publication | null, next: Row): DateDecision {
    const { published, modified, override, minorEdit } = shape.dates;
    const { givenDates } = getService(strapi, 'write-context').get();
    const dateOf = (attribute: string) => (next[attribute] as string | null) ?? null;
    return decideDates({
      ...(previous && {
        previous: {
          content: previous.content,
          published: previous.datePublished,
          modified: previous.dateModified,
        },
      }),
      next: {
        content: getService(strapi, 'renderer').contentOf(shape, next),
        published: dateOf(published),
        modified: dateOf(modified),
        override: dateOf(override),
        minorEdit: next[minorEdit] === true,
      },
      given: givenDates?.documentId === next.documentId ? givenDates : undefined,
      today: today(),
    });
  }

  /** Writes a decision onto a row, and clears what was meant for this one publication. */
  async function apply(shape: Shape, row: Row, decision: DateDecision): Promise<void> {
    const { published, modified, override, minorEdit } = shape.dates;
    const data = {
      [published]: decision.published,
      [modified]: decision.modified,
      [override]: null,
      [minorEdit]: null,
    };
    const isSettled = Object.entries(data).every(([key, value]) => (row[key] ?? null) === value);
    // In one statement: `update` reads the row before and after.
    if (!isSettled) await rows(shape).updateMany({ where: { id: row.id }, data });
  }

  return {
    /**
     * Dates the draft before Strapi copies it to the published row, or, where something was written
     * past the Document Service, the published row itself. The last publication is what it is
     * compared with, also if the document is not published at the moment.
     */
    async settle(
      shape: Shape,
      documentId: string,
      version: 'draft' | 'published'
    ): Promise<DateDecision | undefined> {
      const publishedAt = version === 'draft' ? { $null: true } : { $notNull: true };
      const row = (await rows(shape).findOne({
        where: { documentId, publishedAt },
        populate: datePopulateOf(shape),
      })) as Row | null;
      if (!row) return undefined;
      const previous = await getService(strapi, 'publications').findLatestOf(documentId);
      const decision = decide(shape, previous, row);
      await apply(shape, row, decision);
      return decision;
    },
  };
}
