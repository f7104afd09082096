import { hasErrors, isPlainMarkdown, readNamed } from '../../core';
import { findShapes } from '../application';
import { readFiles } from '../read-files';
import { skippedPlain } from '../skipped';
import { assertNamed, sortFiles } from '../sort-files';
import type { Output } from '../../kit/command-line';
import { printReport, type Report } from '../report';

export interface ValidateOptions {
  appDir: string;
  collection?: string;
  json: boolean;
  verbose: boolean;
}

/** Checks files against the shape without a database. Returns the exit code. */
export async function validateFiles(
  paths: string[],
  options: ValidateOptions,
  output: Output
): Promise<0 | 1> {
  const shapes = findShapes(options.appDir, options.collection);
  const groups = await sortFiles(shapes, paths);
  assertNamed(shapes, groups, paths);
  const report: Report = { files: [], skipped: groups.flatMap(({ found }) => found.skipped) };
  for (const { shape, found } of groups) {
    for await (const file of readFiles(found)) {
      const { issues } = file.kind === 'refused' ? file : readNamed(shape, file);
      const action = hasErrors(issues) ? 'invalid' : 'valid';
      const isPlain = file.kind === 'read' && !file.isNamed && isPlainMarkdown(issues);
      if (isPlain) report.skipped.push(skippedPlain(file));
      else report.files.push({ file: file.file, slug: file.slug, action, issues });
    }
  }
  return printReport(report, output, { ...options, verb: 'Checked' });
}
