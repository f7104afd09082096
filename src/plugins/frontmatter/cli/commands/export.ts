import type { Exporter } from '../../shared';
import { findShape, withApplication } from '../application';
import { exportIntoFolder } from '../export/export-folder';
import { openFolder } from '../export/folder';
import { printExport } from '../export/print';
import { startProgress } from '../progress';
import type { Output } from '../report';

export interface ExportCommandOptions {
  appDir: string;
  collection?: string;
  check: boolean;
  prune: boolean;
  force: boolean;
  json: boolean;
}

/** Writes the published documents of the CMS into a folder. Gives the exit code. */
export async function exportFolder(
  dir: string,
  options: ExportCommandOptions,
  output: Output
): Promise<0 | 1> {
  const { appDir, collection, check, prune, force, json } = options;
  const shape = findShape(appDir, collection);
  const folder = await openFolder(dir);
  // The lines of the diffs would go through the progress on a terminal.
  const showsDiffs = check && !json;
  const report = await withApplication(appDir, async (strapi) => {
    const exporter = strapi.plugin('frontmatter').service('exporter') as Exporter;
    const task = { folder, shape, exporter, check, prune, force };
    if (showsDiffs) {
      return exportIntoFolder({ ...task, onDiff: (lines) => lines.forEach(output.out) });
    }
    const progress = startProgress('Exporting');
    try {
      return await exportIntoFolder({ ...task, onStep: progress.step });
    } finally {
      progress.stop();
    }
  });
  return printExport(report, output, { check, json });
}
