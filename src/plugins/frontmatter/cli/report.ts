import { formatIssue, hasErrors, type Issue } from '../core';
import { printJson, type Output } from '../kit/command-line';
import type { ImportAction } from '../shared';
import { skippedCounts, skippedLines, type SkippedFile } from './skipped';

/** What a command found out about one file; also the format of `--json`. */
export interface FileReport<Action extends string = ImportAction | 'valid'> {
  file: string;
  slug: string;
  action: Action;
  issues: Issue[];
}

export interface Report<Action extends string = ImportAction | 'valid'> {
  files: FileReport<Action>[];
  skipped: SkippedFile[];
}

export interface PrintOptions {
  json: boolean;
  /** List what was skipped. */
  verbose: boolean;
}

/** Prints a report and returns the exit code: 0, or 1 if a file has an error. */
export function printReport(
  report: Report,
  output: Output,
  { verb, ...options }: PrintOptions & { verb: string }
): 0 | 1 {
  const noun = report.files.length === 1 ? 'file' : 'files';
  const parts = [`${verb} ${countsOf(report.files, noun)}`, ...skippedCounts(report.skipped)];
  return printFindings(report, output, { ...options, summary: parts.join('; ') });
}

/** Like `printReport`, for a report with its own summary. */
export function printFindings(
  report: Report<string>,
  output: Output,
  { json, verbose, summary }: PrintOptions & { summary: string }
): 0 | 1 {
  for (const { file, issues } of report.files) {
    for (const issue of issues) output.err(formatIssue(file, issue));
  }
  if (verbose) skippedLines(report.skipped).forEach((line) => output.err(line));
  const { length: leftAlone } = report.skipped;
  if (json) printJson(output, { ...report, leftAlone });
  else output.out(summary);
  return report.files.some(({ issues }) => hasErrors(issues)) ? 1 : 0;
}

/** `3 files: 2 created, 1 unchanged` */
export function countsOf(files: readonly FileReport<string>[], noun: string): string {
  const counts = new Map<string, number>();
  for (const { action } of files) counts.set(action, (counts.get(action) ?? 0) + 1);
  const parts = [...counts].map(([action, count]) => `${formatCount(count)} ${action}`);
  const detail = parts.length === 0 ? '' : `: ${parts.join(', ')}`;
  return `${formatCount(files.length)} ${noun}${detail}`;
}

export const formatCount = (count: number): string => count.toLocaleString('en');
