import { isPlainMarkdown } from '../../core';
import { findCms, type CmsOptions } from '../cms';
import type { FileImporter } from '../cms-services';
import type { FoundFiles } from '../find-files';
import { withProgress } from '../progress';
import { readFiles } from '../read-files';
import { skippedPlain } from '../skipped';
import { assertNamed, sortFiles } from '../sort-files';
import type { Output } from '../../kit/command-line';
import { printReport, type Report } from '../report';

export interface ImportCommandOptions extends CmsOptions {
  draft: boolean;
  dryRun: boolean;
  force: boolean;
  ifEmpty: boolean;
  json: boolean;
  verbose: boolean;
}

/** Writes the valid files into the CMS. Returns the exit code. */
export async function importFiles(
  paths: string[],
  options: ImportCommandOptions,
  output: Output
): Promise<0 | 1> {
  const cms = await findCms(options);
  const groups = await sortFiles(cms.shapes, paths);
  const { ifEmpty, dryRun } = options;
  // With --if-empty, a CMS that already has documents needs no files.
  if (!ifEmpty) assertNamed(cms.shapes, groups, paths);
  const report: Report = { files: [], skipped: [] };
  /** Collections that already have documents. */
  const held: string[] = [];
  await cms.use(
    async ({ importer }) => {
      for (const { shape, found } of groups) {
        const { collection } = shape;
        if (ifEmpty && !(await importer.beginIntoEmpty(collection, { dryRun }))) {
          held.push(collection);
          continue;
        }
        await importFound(importer, found, { ...options, collection, report });
        if (ifEmpty && !dryRun) await importer.finishIntoEmpty();
      }
    },
    { insteadOfWriting: dryRun ? undefined : adviceToSend }
  );
  for (const collection of held) {
    output.out(`Imported nothing: '${collection}' already has documents`);
  }
  if (held.length === groups.length) return 0;
  const verb = dryRun ? 'Would import' : 'Imported';
  return printReport(report, output, { ...options, verb });
}

const adviceToSend = (url: string): string[] => [
  'Stop it first, or send the files to it, with an API token:',
  `  npx frontmatter import <path> --url ${url} --token <token>`,
];

/** Imports the files and adds the result of each to the report. */
async function importFound(
  importer: FileImporter,
  found: FoundFiles,
  {
    collection,
    draft,
    dryRun,
    force,
    report,
  }: ImportCommandOptions & { collection: string; report: Report }
): Promise<void> {
  const batch = new Set(found.files.map(({ slug }) => slug));
  report.skipped.push(...found.skipped);
  const task = { collection, draft, dryRun, force, batch };
  const importAll = async (step: () => void): Promise<void> => {
    for await (const { file, result } of importer.importFiles(readFiles(found), task)) {
      const isPlain = file.kind === 'read' && !file.isNamed && isPlainMarkdown(result.issues);
      if (isPlain) report.skipped.push(skippedPlain(file));
      else report.files.push({ ...result, file: file.file });
      step();
    }
  };
  await withProgress('Importing', importAll, found.files.length);
}
