import { escapeControls } from '../../core';
import type { Departure } from '../../shared';
import type { Output } from '../../kit/command-line';
import { countsOf, formatCount, printFindings, type PrintOptions } from '../report';
import { skippedCounts } from '../skipped';
import {
  DOCUMENT_ACTIONS,
  type ExportAction,
  type ExportedFile,
  type ExportReport,
} from './report';

/** Names for one file and for several, by why their document is not published. */
const DEPARTED: Record<Departure['reason'], [one: string, several: string]> = {
  deleted: ['file of a deleted document', 'files of deleted documents'],
  unpublished: ['file of an unpublished document', 'files of unpublished documents'],
  renamed: ['file of a renamed document', 'files of renamed documents'],
};

const REASONS = Object.keys(DEPARTED) as Departure['reason'][];

/** Prints a report. Returns the exit code: 0, or 1 for an error or, with `check`, a difference. */
export function printExport(
  report: ExportReport,
  output: Output,
  { check, json, verbose }: PrintOptions & { check: boolean }
): 0 | 1 {
  if (check && !json) report.files.flatMap(plannedOf).forEach((line) => output.out(line));
  const summary = summaryOf(report, check ? 'Would export' : 'Exported');
  const exitCode = printFindings(report, output, { json, verbose, summary });
  return check && report.files.some(({ action }) => action !== 'unchanged') ? 1 : exitCode;
}

/** Describes changes that have no diff: files that are created, removed or moved. */
function plannedOf({ file, action, from }: ExportedFile): string[] {
  const lines: Partial<Record<ExportAction, string>> = {
    created: `would create ${file}`,
    removed: `would remove ${file}`,
    moved: `would move ${from} to ${file}`,
  };
  const line = lines[action];
  return line === undefined ? [] : [escapeControls(line)];
}

function summaryOf(report: ExportReport, verb: string): string {
  const { files } = report;
  const documents = DOCUMENT_ACTIONS.flatMap((action) => withAction(files, action));
  const departed = withAction(files, 'departed');
  const count = (action: ExportAction) => withAction(files, action).length;
  return [
    `${verb} ${countsOf(documents, documents.length === 1 ? 'document' : 'documents')}`,
    ...REASONS.flatMap((reason) =>
      countOf(departed.filter((file) => file.reason === reason).length, ...DEPARTED[reason])
    ),
    ...countOf(count('removed'), 'file removed', 'files removed'),
    ...countOf(count('duplicate'), 'second file of a document', 'second files of documents'),
    ...countOf(count('unreadable'), 'folder that cannot be read', 'folders that cannot be read'),
    ...countOf(report.unknown, 'file the CMS does not know', 'files the CMS does not know'),
    ...skippedCounts(report.skipped),
  ].join('; ');
}

const withAction = (files: readonly ExportedFile[], action: ExportAction): ExportedFile[] =>
  files.filter((file) => file.action === action);

const countOf = (count: number, one: string, several: string): string[] =>
  count === 0 ? [] : [`${formatCount(count)} ${count === 1 ? one : several}`];
