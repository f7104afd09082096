import { findCms, type CmsOptions } from '../cms';
import { exportIntoFolder } from '../export/export-folder';
import { openFolder } from '../export/folder';
import { printExport } from '../export/print';
import { withProgress } from '../progress';
import { namesOf, sortFiles } from '../sort-files';
import { UsageError } from '../errors';
import type { FileShape } from '../find-files';
import type { Output } from '../../kit/command-line';

export interface ExportCommandOptions extends CmsOptions {
  check: boolean;
  prune: boolean;
  force: boolean;
  json: boolean;
  verbose: boolean;
}

/** Writes the published documents of the CMS into a folder. Returns the exit code. */
export async function exportFolder(
  dir: string,
  options: ExportCommandOptions,
  output: Output
): Promise<0 | 1> {
  const { check, prune, force, json, verbose } = options;
  const cms = await findCms(options);
  const folder = await openFolder(dir);
  const shape = await chooseByFiles(cms.shapes, dir);
  // On a terminal, the lines of the diffs would break up the progress bar.
  const showsDiffs = check && !json;
  const report = await cms.use(async ({ exporter }) => {
    const task = { folder, shape, exporter, check, prune, force };
    if (showsDiffs) {
      const onDiff = (lines: string[]) => lines.forEach((line) => output.out(line));
      return exportIntoFolder({ ...task, onDiff });
    }
    return withProgress('Exporting', (onStep) => exportIntoFolder({ ...task, onStep }));
  });
  return printExport(report, output, { check, json, verbose });
}

/**
 * Finds the collection whose files a folder holds.
 *
 * @throws UsageError if it holds files of none of several collections, or of more than one.
 */
async function chooseByFiles(shapes: readonly FileShape[], dir: string): Promise<FileShape> {
  const groups = (await sortFiles(shapes, [dir])).filter(
    ({ found }) => shapes.length === 1 || found.files.length > 0
  );
  const [only, ...others] = groups;
  if (only && others.length === 0) return only.shape;
  throw new UsageError(
    only
      ? `'${dir}' holds files of ${groups.map(({ shape }) => shape.collection).join(', ')}: name the folder of one, or use --collection`
      : `'${dir}' holds no file that is named like a document (${namesOf(shapes)}): name the folder of a collection, or use --collection to begin one here`
  );
}
