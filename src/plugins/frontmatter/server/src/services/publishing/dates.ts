import type { Core, UID } from '@strapi/strapi';
import { omit } from 'es-toolkit';
import {
  calendarDate,
  decideDates,
  isCalendarDate,
  type DateDecision,
  type DateRules,
  type Shape,
  type StoredDocument,
} from '../../../../core';
import { getConfig } from '../../config';
import { fieldError } from '../../../../kit/field-error';
import type { Publication } from '../../models';
import { getClock } from '../foundation/clock';
import type { DocumentRow } from '../store/document-rows';
import { getPublications } from '../store/publications';
import { getRenderer } from '../rendering/renderer';
import { getWarnings } from './warnings';
import { serviceOf } from '../foundation/service-of';

/** Dates of an imported file, `YYYY-MM-DD`: publishing its document keeps them. */
export interface GivenDates {
  published: string | null;
  modified: string | null;
}

const impossibleDate = (attribute: string) => ({
  path: [attribute],
  message: "is not a calendar date: write YYYY-MM-DD, such as '2026-05-01'",
});

export function createDates({ strapi }: { strapi: Core.Strapi }) {
  const rows = (shape: Shape) => strapi.db.query(shape.contentType as UID.ContentType);

  const today = (): string => {
    const { timeZone } = getConfig(strapi);
    return calendarDate(getClock(strapi).now(), timeZone);
  };

  /** Returns the dates that publishing a row would set; `undefined` if its shape has none. */
  function decide(
    shape: Shape,
    previous: Publication | null,
    next: StoredDocument,
    given?: GivenDates
  ): DateDecision | undefined {
    if (!shape.dates) return undefined;
    const { published, modified, override, minorEdit } = shape.dates;
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
      given,
      today: today(),
    });
  }

  /** Checks dates that an author has set; dates from a file are kept as they are. */
  function assertInOrder(
    { modified, override, published, source }: DateRules & Pick<Shape, 'source'>,
    row: StoredDocument,
    decision: DateDecision
  ): void {
    const isOverride = decision.reason === 'override';
    const isOfFile = row[source] !== null && row[modified];
    const isFirst = decision.reason === 'first-publication' && !isOfFile;
    if (!isOverride && !isFirst) return;
    if (!decision.published || !decision.modified) return;
    if (decision.modified >= decision.published) return;
    // Report the date that an author has set; the other may be today's.
    const field = isOverride ? override : row[modified] ? modified : published;
    const message =
      field === published
        ? `${decision.published} is after ${decision.modified}, the day of this publication: set ${modified} as well`
        : `${decision.modified} is before ${decision.published}, the day of the first publication (${published})`;
    throw fieldError([{ path: [field], message }]);
  }

  return {
    today,
    decide,

    /**
     * Returns the data to write to a draft, without ignored dates: once a document was published,
     * authors no longer write its dates, and those that a form sends back may be outdated.
     */
    async withoutIgnored(
      shape: Shape,
      documentId: string | undefined,
      data: Record<string, unknown>
    ): Promise<Record<string, unknown>> {
      if (!shape.dates) return data;
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
          message: `${ignored.join(' and ')} of a document that was published before ${ignored.length > 1 ? 'are' : 'is'} decided by publishing, and the sent value was ignored: set ${override} for another date`,
        });
      }
      return omit(data, named);
    },

    /**
     * Dates a document that is being published, by comparing its published row with the last
     * publication, even if that is no longer live. Also sets the dates in `row`. Clears attributes
     * that were meant for this publication only.
     *
     * @param isRejectable Whether an author publishes, so that both versions get the dates; below
     *   the Document Service, only the published row was written.
     * @throws ValidationError at a date that is out of order.
     */
    async apply(
      shape: Shape,
      row: DocumentRow,
      {
        previous,
        given,
        isRejectable,
      }: {
        previous: Publication | null;
        given?: GivenDates | undefined;
        isRejectable: boolean;
      }
    ): Promise<DateDecision | undefined> {
      const decided = decide(shape, previous, row, given);
      if (!decided || !shape.dates) return undefined;
      if (isRejectable) assertInOrder({ ...shape.dates, source: shape.source }, row, decided);
      const isFree = !isRejectable && !row[shape.dates.modified];
      const decision = isFree ? inOrder(decided) : decided;
      const data = datesOf(shape, decision);
      const isSettled = Object.entries(data).every(([key, value]) => (row[key] ?? null) === value);
      if (isSettled) return decision;
      const { id, documentId } = row;
      // A single statement: `update` would also read the row before and after.
      await rows(shape).updateMany({ where: isRejectable ? { documentId } : { id }, data });
      Object.assign(row, data);
      return decision;
    },
  };
}

/**
 * Moves the modified date of a first publication to its published date if it is earlier. For writes
 * that cannot be rejected.
 */
const inOrder = (decision: DateDecision): DateDecision =>
  decision.reason === 'first-publication' && (decision.modified ?? '') < (decision.published ?? '')
    ? { ...decision, modified: decision.published }
    : decision;

/** Returns the date attributes of a document that was published with a decision. */
export const datesOf = ({ dates }: Shape, decision: DateDecision): Record<string, string | null> =>
  dates
    ? {
        [dates.published]: decision.published,
        [dates.modified]: decision.modified,
        [dates.override]: null,
        [dates.minorEdit]: null,
      }
    : {};

/**
 * Returns the unset date attributes of a copy: it has never been published, and what a form sends
 * along about the next publication of the original is not meant for the copy.
 */
export function undated({ dates }: Shape): Record<string, null> {
  const { published, modified, override, minorEdit } = dates ?? {};
  const names = [published, modified, override, minorEdit].filter((name) => name !== undefined);
  return Object.fromEntries(names.map((name) => [name, null]));
}

export const getDates = serviceOf('dates', createDates);
