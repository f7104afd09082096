import { MAX_HISTORY, type Author, type HistoryEntry } from '../../shared';
import { findCms, type CmsOptions } from '../cms';
import { printJson, type Output } from '../../kit/command-line';

export interface HistoryOptions extends CmsOptions {
  json: boolean;
}

/** Prints the publications of a document: when, why, and what changed. Returns the exit code. */
export async function printHistory(
  slug: string,
  { json, ...options }: HistoryOptions,
  output: Output
): Promise<0 | 1> {
  const cms = await findCms(options);
  const collections = cms.shapes.map(({ collection }) => collection);
  const entries = await cms.use(async ({ history }) => {
    const found: (HistoryEntry & { collection: string })[] = [];
    for (const collection of collections) {
      const published = await history.of(collection, slug, { limit: MAX_HISTORY });
      found.push(...published.map((entry) => ({ collection, ...entry })));
    }
    return found;
  });
  const isInSeveral = new Set(entries.map(({ collection }) => collection)).size > 1;
  if (json) printJson(output, entries);
  else
    entries.forEach((entry) =>
      output.out((isInSeveral ? `${entry.collection}  ` : '') + lineOf(entry))
    );
  if (entries.length > 0) return 0;
  output.err(`${slug} was never published in ${collections.join(' or ')}`);
  return 1;
}

/** `2026-11-22 10:15 UTC  go updated (title) by Ada; dateModified 2026-11-22, changed: title` */
function lineOf(entry: HistoryEntry): string {
  const { at, by, slug, state, reason, changed, dateModified, date } = entry;
  const moment = `${at.slice(0, 'YYYY-MM-DDTHH:MM'.length).replace('T', ' ')} UTC`;
  const keys = changed.length > 0 ? ` (${changed.join(', ')})` : '';
  const who = by ? ` ${authorText(by)}` : '';
  if (state === 'gone') return `${moment}  ${slug} ${reason}${who}`;
  const why = date?.text ?? 'as it was';
  return `${moment}  ${slug} ${reason}${keys}${who}; dateModified ${dateModified ?? 'none'}, ${why}`;
}

function authorText({ kind, name }: Author): string {
  switch (kind) {
    case 'editor':
    case 'user':
      return `by ${name ?? 'an unknown user'}`;
    case 'token':
      return `by the API token '${name}'`;
    case 'command':
      return 'from the command line';
    case 'schedule':
      return 'as scheduled';
    case 'system':
      return 'by the CMS';
  }
}
