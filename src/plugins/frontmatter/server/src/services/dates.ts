import type { Core, UID } from '@strapi/strapi';
import {
  calendarDate,
  dateRelevantContent,
  decideDates,
  populateOf,
  type DateDecision,
  type LinksField,
  type Shape,
  type StoredDocument,
} from '../../../core';
import { getConfig } from '../config';
import { getService } from '../plugin-id';

/** A row of a shaped type, populated, with its database id. */
type Row = StoredDocument & { id: number };

export function createDates({ strapi }: { strapi: Core.Strapi }) {
  const rows = (shape: Shape) => strapi.db.query(shape.contentType as UID.ContentType);

  const today = (): string => {
    const { timeZone } = getConfig(strapi);
    return calendarDate(getService(strapi, 'clock').now(), timeZone);
  };

  const findRow = (shape: Shape, where: object): Promise<Row | null> =>
    rows(shape).findOne({ where, populate: populateOf(shape) }) as Promise<Row | null>;

  function decide(shape: Shape, previous: Row | null, next: Row): DateDecision {
    const { published, modified, override, minorEdit } = shape.dates;
    const { givenDates } = getService(strapi, 'write-context').get();
    const dateOf = (row: Row, attribute: string) => (row[attribute] as string | null) ?? null;
    return decideDates({
      ...(previous && {
        previous: {
          content: dateRelevantContent(shape, previous),
          published: dateOf(previous, published),
          modified: dateOf(previous, modified),
        },
      }),
      next: {
        content: dateRelevantContent(shape, next),
        published: dateOf(next, published),
        modified: dateOf(next, modified),
        override: dateOf(next, override),
        minorEdit: next[minorEdit] === true,
      },
      ...(givenDates && givenDates.documentId === next['documentId'] && { given: givenDates }),
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
    if (isSettled) return;
    await getService(strapi, 'write-context').run({ isOwnWrite: true }, () =>
      rows(shape).update({ where: { id: row.id }, data })
    );
  }

  /** A draft as it will look once published: Strapi leaves out links to what is not published. */
  async function withoutHiddenLinks(shape: Shape, draft: Row): Promise<Row> {
    const visible = { ...draft };
    for (const { attribute, field } of shape.leaves) {
      const name = attribute.join('.');
      const targets = draft[name] as { documentId: string }[] | undefined;
      if (field.kind !== 'links' || !targets?.length) continue;
      const { target } = field as LinksField;
      const published: { documentId: string }[] = await strapi.db
        .query(target as UID.ContentType)
        .findMany({
          select: ['documentId'],
          where: {
            documentId: { $in: targets.map(({ documentId }) => documentId) },
            publishedAt: { $notNull: true },
          },
        });
      const publishedIds = new Set(published.map(({ documentId }) => documentId));
      visible[name] = targets.filter(({ documentId }) => publishedIds.has(documentId));
    }
    return visible;
  }

  return {
    /** Before a publish: decides on the draft, which Strapi then copies to the published row. */
    async settleDraft(shape: Shape, documentId: string): Promise<void> {
      const draft = await findRow(shape, { documentId, publishedAt: { $null: true } });
      if (!draft) return;
      const previous = await findRow(shape, { documentId, publishedAt: { $notNull: true } });
      const next = await withoutHiddenLinks(shape, draft);
      await apply(shape, draft, decide(shape, previous, next));
    },

    /**
     * The row that `strapi.db.query().update(params)` is about to change, if readers get it.
     * `params` is narrowed to that row: a condition may fit both versions of a document.
     */
    async findPublishedRow(shape: Shape, params: { where?: object }): Promise<Row | null> {
      if (getService(strapi, 'write-context').get().isOwnWrite || !params.where) return null;
      const target = await rows(shape).findOne({
        select: ['id', 'publishedAt'],
        where: params.where,
      });
      if (!target) return null;
      params.where = { id: target.id };
      return target.publishedAt ? findRow(shape, params.where) : null;
    },

    /** After such a write: the row is what readers get already, so it is dated as a publication. */
    async settlePublishedRow(shape: Shape, previous: Row): Promise<void> {
      const row = await findRow(shape, { id: previous.id });
      if (row) await apply(shape, row, decide(shape, previous, row));
    },
  };
}
