import type { Core, UID } from '@strapi/strapi';
import { omit } from 'es-toolkit';
import {
  calendarDate,
  datePopulateOf,
  decideDates,
  isCalendarDate,
  type DateDecision,
  type Shape,
  type StoredDocument,
} from '../../../../core';
import { getConfig } from '../../config';
import { fieldError } from '../foundation/field-error';
import type { Publication } from '../../models';
import { PLUGIN_ID } from '../../plugin-id';
import { getClock } from '../foundation/clock';
import { getPublications } from '../store/publications';
import { getRenderer } from '../rendering/renderer';
import { getWarnings } from './warnings';
import { getWriteContext } from './write-context';

/** A row of a shaped type, populated for its dates, with its database id. */
type Row = StoredDocument & { id: number; documentId: string };

const impossibleDate = (attribute: string) => ({
  path: [attribute],
  message: "is not a date of the calendar: write YYYY-MM-DD, such as '2026-05-01'",
});

export function createDates({ strapi }: { strapi: Core.Strapi }) {
  const rows = (shape: Shape) => strapi.db.query(shape.contentType as UID.ContentType);

  const today = (): string => {
    const { timeZone } = getConfig(strapi);
    return calendarDate(getClock(strapi).now(), timeZone);
  };

  /** What publishing a row would make of its dates. */
  function decide(shape: Shape, previous: Publication | null, next: StoredDocument): DateDecision {
    const { published, modified, override, minorEdit } = shape.dates;
    const { givenDates } = getWriteContext(strapi).get();
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
        content: getRenderer(strapi).contentOf(shape, next),
        published: dateOf(published),
        modified: dateOf(modified),
        override: dateOf(override),
        minorEdit: next[minorEdit] === true,
      },
      given: givenDates?.documentId === next['documentId'] ? givenDates : undefined,
      today: today(),
    });
  }

  /** Dates that an author has set are checked; what a file says is kept as it is. */
  function assertInOrder(
    { modified, override, published, source }: Shape['dates'] & Pick<Shape, 'source'>,
    row: StoredDocument,
    decision: DateDecision
  ): void {
    const isOverride = decision.reason === 'override';
    const isOfFile = row[source] !== null && row[modified];
    const isFirst = decision.reason === 'first-publication' && !isOfFile;
    if (!isOverride && !isFirst) return;
    if (!decision.published || !decision.modified) return;
    if (decision.modified >= decision.published) return;
    // At the one that an author has set; the other may be today.
    const field = isOverride ? override : row[modified] ? modified : published;
    const message =
      field === published
        ? `${decision.published} is after ${decision.modified}, the day of this publication: set ${modified} as well`
        : `${decision.modified} is before ${decision.published}, the day of the first publication (${published})`;
    throw fieldError([{ path: [field], message }]);
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
    today,
    decide,

    /**
     * What a draft is written with: once there was a publication its dates are not for authors to
     * write, and those that a form sends back may be old.
     */
    async withoutIgnored(
      shape: Shape,
      documentId: string | undefined,
      data: Record<string, unknown>
    ): Promise<Record<string, unknown>> {
      const { published, modified, override } = shape.dates;
      const impossible = [published, modified, override].filter((attribute) => {
        const value = data[attribute];
        return typeof value === 'string' && value !== '' && !isCalendarDate(value);
      });
      if (impossible.length > 0) throw fieldError(impossible.map(impossibleDate));
      const named = [published, modified].filter((attribute) => attribute in data);
      if (!documentId || named.length === 0) return data;
      const latest = await getPublications(strapi).findLatestOf(documentId);
      if (!latest) return data;
      const decided = new Map([
        [published, latest.datePublished],
        [modified, latest.dateModified],
      ]);
      const ignored = named.filter(
        (attribute) => (data[attribute] ?? null) !== decided.get(attribute)
      );
      if (ignored.length > 0) {
        getWarnings(strapi).add({
          code: 'date-ignored',
          message: `${ignored.join(' and ')} of a document that was published before ${ignored.length > 1 ? 'are' : 'is'} decided by publishing, and what was sent was left out: set ${override} for another date`,
        });
      }
      return omit(data, named);
    },

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
      const previous = await getPublications(strapi).findLatestOf(documentId);
      const decision = decide(shape, previous, row);
      if (version === 'draft') assertInOrder({ ...shape.dates, ...shape }, row, decision);
      await apply(shape, row, decision);
      return decision;
    },
  };
}

export type Dates = ReturnType<typeof createDates>;

export const getDates = (strapi: Core.Strapi): Dates =>
  strapi.plugin(PLUGIN_ID).service('dates') as Dates;
