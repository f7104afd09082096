import type { Core, UID } from '@strapi/strapi';
import { groupBy } from 'es-toolkit';
import {
  dayIn,
  overlapDuring,
  shownBetween,
  showingDuring,
  type EntryField,
  type Shape,
  type Span,
  type StoredDocument,
} from '../../../../core';
import type { Schedule, ScheduledEntry, Scheduler } from '../../../../shared';
import { getConfig } from '../../config';
import { getDates } from '../publishing/dates';
import { getShapes } from '../foundation/shapes';

type Row = StoredDocument & { id: number; documentId: string };

/** A key whose entry has a window. */
interface WindowKey {
  path: string;
  attribute: string;
  field: EntryField;
  window: NonNullable<EntryField['window']>;
}

/** Reports which entries with a window documents show on a day in the past or future. */
export function createScheduler({ strapi }: { strapi: Core.Strapi }): Scheduler {
  const rows = (uid: string) => strapi.db.query(uid as UID.ContentType);

  async function documentsOf(
    shape: Shape,
    key: WindowKey,
    day: Span
  ): Promise<Schedule['documents']> {
    const published = (await rows(shape.contentType).findMany({
      select: ['id', shape.slug],
      where: { publishedAt: { $notNull: true } },
      orderBy: { [shape.slug]: 'asc' },
      populate: { [key.attribute]: true },
    })) as Row[];
    return published.map((row) => {
      const entry = row[key.attribute] as Row | null;
      const slug = String(row[shape.slug]);
      return { slug, path: key.path, entry: entry && scheduled(key, entry, day) };
    });
  }

  async function overlapsOf(key: WindowKey, day: Span): Promise<Schedule['overlaps']> {
    const entries = (await rows(key.field.target).findMany({ orderBy: { id: 'asc' } })) as Row[];
    const doOverlap = (one: Row, other: Row) =>
      overlapDuring(shownBetween(key.window, one), shownBetween(key.window, other), day);
    return Object.values(groupBy(entries, (entry) => offerOf(key, entry))).flatMap((same) =>
      same.flatMap((one, index) =>
        same
          .slice(index + 1)
          .filter((other) => doOverlap(one, other))
          .map((other): Schedule['overlaps'][number] => ({
            path: key.path,
            entries: [scheduled(key, one, day), scheduled(key, other, day)],
          }))
      )
    );
  }

  return {
    async on(collection, given) {
      const shape = getShapes(strapi).getByCollection(collection);
      const { timeZone } = getConfig(strapi);
      const day = given ?? getDates(strapi).today();
      const span = dayIn(day, timeZone);
      const schedule: Schedule = { day, timeZone, documents: [], overlaps: [] };
      for (const key of windowKeys(shape)) {
        schedule.documents.push(...(await documentsOf(shape, key, span)));
        schedule.overlaps.push(...(await overlapsOf(key, span)));
      }
      return schedule;
    },
  };
}

const windowKeys = ({ leaves }: Shape): WindowKey[] =>
  leaves.flatMap(({ path, attribute, field }) => {
    const { window } = field as EntryField;
    if (!window) return [];
    const names = { path: path.join('.'), attribute: attribute.join('.') };
    return [{ ...names, field: field as EntryField, window }];
  });

/** Returns what entries must share to look the same to readers: what their name begins with. */
function offerOf({ field }: WindowKey, entry: Row): string {
  const named = (field.editorName?.from ?? []).map((attribute) => entry[attribute]).find(Boolean);
  return String(named ?? entry.documentId);
}

function scheduled(key: WindowKey, entry: Row, day: Span): ScheduledEntry {
  const between = shownBetween(key.window, entry);
  const name = key.field.editorName && entry[key.field.editorName.attribute];
  return {
    documentId: entry.documentId,
    name: String(name ?? entry.documentId),
    showing: showingDuring(between, day),
    startsAt: between.startsAt?.toISOString() ?? null,
    endsAt: between.endsAt?.toISOString() ?? null,
  };
}
