import { isCalendarDate, type EntryField } from '../../core';
import type { Schedule, ScheduledEntry, Scheduler } from '../../shared';
import { findShapes, withApplication } from '../application';
import type { CmsOptions } from '../cms';
import { UsageError } from '../errors';
import { printJson, type Output } from '../../kit/command-line';
import { formatCount } from '../report';

export interface ScheduleOptions extends CmsOptions {
  at?: string;
  json: boolean;
}

/** Prints which scheduled entry each published document shows on a day, with gaps and overlaps. */
export async function printSchedule(
  { appDir, url, at, collection: name, json }: ScheduleOptions,
  output: Output
): Promise<0> {
  if (url) {
    throw new UsageError(
      'schedule needs the database: run it beside the CMS, without --url and FRONTMATTER_URL'
    );
  }
  if (at !== undefined && !isCalendarDate(at)) {
    throw new UsageError(
      `--at is '${at}', which is not a valid day: write YYYY-MM-DD, such as 2027-05-01`
    );
  }
  const collections = findShapes(appDir, name)
    .filter(({ leaves }) => leaves.some(({ field }) => (field as EntryField).window))
    .map(({ collection }) => collection);
  if (collections.length === 0) {
    throw new UsageError('No collection has entries that are shown for a time');
  }
  if (json && collections.length > 1) {
    throw new UsageError(
      `Name a collection: use --collection with one of ${collections.join(', ')}`
    );
  }
  const schedules = await withApplication(appDir, (strapi) => {
    const scheduler = strapi.plugin('frontmatter').service('scheduler') as Scheduler;
    return Promise.all(collections.map((collection) => scheduler.on(collection, at)));
  });
  if (json) printJson(output, schedules[0]);
  else schedules.flatMap(linesOf).forEach((line) => output.out(line));
  return 0;
}

function linesOf({ day, timeZone, documents, overlaps }: Schedule): string[] {
  const width = Math.max(...documents.map(({ slug }) => slug.length), 0);
  const isShown = (entry: ScheduledEntry | null) =>
    entry?.showing === 'all-day' || entry?.showing === 'part';
  const gaps = documents.filter(({ entry }) => entry && !isShown(entry));
  const shown = documents.filter(({ entry }) => isShown(entry));
  const inZone = (moment: string) => formatMoment(moment, timeZone);
  return [
    ...documents.map(({ slug, entry }) => `${slug.padEnd(width)}  ${describe(entry, inZone)}`),
    ...overlaps.map(
      ({ entries: [one, other] }) =>
        `overlap: '${one.name}' and '${other.name}' are the same offer and run at the same time`
    ),
    `${day}, ${timeZone}: ${formatCount(shown.length)} of ${formatCount(documents.length)} documents show one; ${formatCount(gaps.length)} ${gaps.length === 1 ? 'gap' : 'gaps'}, ${formatCount(overlaps.length)} ${overlaps.length === 1 ? 'overlap' : 'overlaps'}`,
  ];
}

function describe(entry: ScheduledEntry | null, inZone: (moment: string) => string): string {
  if (!entry) return '-';
  const { name, showing, startsAt, endsAt } = entry;
  const from = startsAt ? ` from ${inZone(startsAt)}` : '';
  const until = endsAt ? ` until ${inZone(endsAt)}` : '';
  switch (showing) {
    case 'all-day':
      return `${name}${until}`;
    case 'part':
      return `${name}, only part of the day:${from}${until}`;
    case 'not-yet':
      return `gap: ${name} is shown${from}`;
    case 'over':
      return `gap: ${name} was shown${until}`;
  }
}

/** `2027-05-01 10:00` */
const formatMoment = (moment: string, timeZone: string): string =>
  new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(moment)
  );
