import { isPlainMarkdown } from '../../core';
import { findCms, type CmsOptions } from '../cms';
import type { FileImporter } from '../cms-services';
import { findFiles, type FoundFiles } from '../find-files';
import { startProgress } from '../progress';
import { readFiles } from '../read-files';
import { skippedPlain } from '../skipped';
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

/** Writes the valid ones of some files into the CMS. Gives the exit code. */
export async function importFiles(
  paths: string[],
  options: ImportCommandOptions,
  output: Output
): Promise<0 | 1> {
  const cms = await findCms(options);
  const { collection } = cms.shape;
  const found = await findFiles(cms.shape, paths);
  const { ifEmpty, dryRun } = options;
  const report = await cms.use(
    async ({ importer }) => {
      if (ifEmpty && !(await importer.beginIntoEmpty(collection, { dryRun }))) return 'not-empty';
      const imported = await importFound(importer, found, { ...options, collection });
      if (ifEmpty && !dryRun) await importer.finishIntoEmpty();
      return imported;
    },
    { insteadOfWriting: dryRun ? undefined : adviceToSend }
  );
  if (report === 'not-empty') {
    output.out(`Imported nothing: '${collection}' holds documents already`);
    return 0;
  }
  const verb = dryRun ? 'Would import' : 'Imported';
  return printReport(report, output, { ...options, verb });
}

const adviceToSend = (url: string): string[] => [
  'Stop it first, or send the files to it, with an API token:',
  `  npm run frontmatter -- import <path> --url ${url} --token <token>`,
];

async function importFound(
  importer: FileImporter,
  found: FoundFiles,
  { collection, draft, dryRun, force }: ImportCommandOptions & { collection: string }
): Promise<Report> {
  const batch = new Set(found.files.map(({ slug }) => slug));
  const report: Report = { files: [], skipped: found.skipped };
  const progress = startProgress('Importing', found.files.length);
  try {
    const imported = importer.importFiles(readFiles(found), {
      collection,
      draft,
      dryRun,
      force,
      batch,
    });
    for await (const { file, result } of imported) {
      const isPlain = file.kind === 'read' && !file.isNamed && isPlainMarkdown(result.issues);
      if (isPlain) report.skipped.push(skippedPlain(file));
      else report.files.push({ ...result, file: file.file });
      progress.step();
    }
  } finally {
    progress.stop();
  }
  return report;
}
