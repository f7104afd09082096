import { findShape } from '../application';
import { findFiles } from '../find-files';
import { readFiles } from '../read-files';
import { printReport, type Output } from '../report';

export interface ValidateOptions {
  appDir: string;
  collection?: string;
  json: boolean;
}

/** Checks files against the shape without a database. Gives the exit code. */
export async function validateFiles(
  paths: string[],
  options: ValidateOptions,
  output: Output
): Promise<0 | 1> {
  const shape = findShape(options.appDir, options.collection);
  const { files, leftAlone } = await readFiles(shape, await findFiles(shape, paths));
  const report = {
    files: files.map(({ file, slug, issues, source }) => ({
      file,
      slug,
      issues,
      action: source ? ('valid' as const) : ('invalid' as const),
    })),
    leftAlone,
  };
  return printReport(report, output, { json: options.json, verb: 'Checked' });
}
