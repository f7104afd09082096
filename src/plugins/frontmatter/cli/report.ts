import { formatIssue, hasErrors, type Issue } from '../core';
import type { ImportAction } from '../shared';

/** What a command found out about one file; also the form of `--json`. */
export interface FileReport {
  file: string;
  slug: string;
  action: ImportAction | 'valid';
  issues: Issue[];
}

export interface Report {
  files: FileReport[];
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
  for (const { file, issues } of report.files) {
    for (const issue of issues) output.err(formatIssue(file, issue));
  }
  if (options.json) output.out(JSON.stringify(report, null, 2));
  else output.out(summaryOf(report, options.verb));
  return report.files.some(({ issues }) => hasErrors(issues)) ? 1 : 0;
}

function summaryOf({ files, leftAlone }: Report, verb: string): string {
  const counts = new Map<string, number>();
  for (const { action } of files) counts.set(action, (counts.get(action) ?? 0) + 1);
  const parts = [...counts].map(([action, count]) => `${format(count)} ${action}`);
  const noun = files.length === 1 ? 'file' : 'files';
  const others = leftAlone === 0 ? '' : `; ${format(leftAlone)} other .md files left alone`;
  const detail = parts.length === 0 ? '' : `: ${parts.join(', ')}`;
  return `${verb} ${format(files.length)} ${noun}${detail}${others}`;
}

const format = (count: number): string => count.toLocaleString('en');
