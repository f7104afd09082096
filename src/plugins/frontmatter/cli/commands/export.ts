import { findCms, type CmsOptions } from '../cms';
import { exportIntoFolder } from '../export/export-folder';
import { openFolder } from '../export/folder';
import { printExport } from '../export/print';
import { startProgress } from '../progress';
import type { Output } from '../../kit/command-line';

export interface ExportCommandOptions extends CmsOptions {
  check: boolean;
  prune: boolean;
  force: boolean;
  json: boolean;
  verbose: boolean;
}

/** Writes the published documents of the CMS into a folder. Gives the exit code. */
export async function exportFolder(
  dir: string,
  options: ExportCommandOptions,
  output: Output
): Promise<0 | 1> {
  const { check, prune, force, json, verbose } = options;
  const cms = await findCms(options);
  const folder = await openFolder(dir);
  // The lines of the diffs would go through the progress on a terminal.
  const showsDiffs = check && !json;
  const report = await cms.use(async ({ exporter }) => {
    const task = { folder, shape: cms.shape, exporter, check, prune, force };
    if (showsDiffs) {
      const onDiff = (lines: string[]) => lines.forEach((line) => output.out(line));
      return exportIntoFolder({ ...task, onDiff });
    }
    const progress = startProgress('Exporting');
    try {
      return await exportIntoFolder({ ...task, onStep: progress.step });
    } finally {
      progress.stop();
    }
  });
  return printExport(report, output, { check, json, verbose });
}
