import { formatIssue, hasErrors, type Issue } from '../core';
import type { ImportAction } from '../shared';

/** What a command found out about one file; also the form of `--json`. */
export interface FileReport<Action extends string = ImportAction | 'valid'> {
  file: string;
  slug: string;
  action: Action;
  issues: Issue[];
}

export interface Report<Action extends string = ImportAction | 'valid'> {
  files: FileReport<Action>[];
  leftAlone: number;
}

export interface Output {
  out: (line: string) => void;
  /** Findings and progress go here, so that the result can be piped. */
  err: (line: string) => void;
}

/** Prints a report and gives the exit code: 0, or 1 if a file has an error. */
export function printReport(
  report: Report,
  output: Output,
  options: { json: boolean; verb: string }
): 0 | 1 {
  const noun = report.files.length === 1 ? 'file' : 'files';
  const parts = [`${options.verb} ${countsOf(report.files, noun)}`, ...leftAloneOf(report)];
  return printFindings(report, output, { json: options.json, summary: parts.join('; ') });
}

/** The same for a report with a summary of its own. */
export function printFindings(
  report: Report<string>,
  output: Output,
  options: { json: boolean; summary: string }
): 0 | 1 {
  for (const { file, issues } of report.files) {
    for (const issue of issues) output.err(formatIssue(file, issue));
  }
  output.out(options.json ? JSON.stringify(report, null, 2) : options.summary);
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

export const leftAloneOf = ({ leftAlone }: Report<string>): string[] =>
  leftAlone === 0 ? [] : [`${formatCount(leftAlone)} other .md files left alone`];

export const formatCount = (count: number): string => count.toLocaleString('en');
