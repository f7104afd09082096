import { isPlainMarkdown } from '../../core';
import type { Importer } from '../../shared';
import { findShape, withApplication } from '../application';
import { findFiles, type FoundFiles } from '../find-files';
import { startProgress } from '../progress';
import { readFiles } from '../read-files';
import { printReport, type FileReport, type Output, type Report } from '../report';

export interface ImportCommandOptions {
  appDir: string;
  collection?: string;
  draft: boolean;
  dryRun: boolean;
  force: boolean;
  ifEmpty: boolean;
  json: boolean;
}

/** Writes the valid ones of some files into the CMS. Gives the exit code. */
export async function importFiles(
  paths: string[],
  options: ImportCommandOptions,
  output: Output
): Promise<0 | 1> {
  const shape = findShape(options.appDir, options.collection);
  const { collection } = shape;
  const found = await findFiles(shape, paths);
  const { appDir, ifEmpty, dryRun } = options;
  const report = await withApplication(
    appDir,
    async (strapi) => {
      const importer = strapi.plugin('frontmatter').service('importer') as Importer;
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
  return printReport(report, output, { json: options.json, verb });
}

const adviceToSend = (url: string): string[] => [
  'Stop it first, or send the files to it, with an API token:',
  `  curl -H 'Authorization: Bearer <token>' -F files=@roadmap.md ${url}/api/frontmatter/import`,
];

async function importFound(
  importer: Importer,
  found: FoundFiles,
  { collection, draft, dryRun, force }: ImportCommandOptions & { collection: string }
): Promise<Report> {
  const batch = new Set(found.files.map(({ slug }) => slug));
  const report: Report = { files: [], leftAlone: found.leftAlone };
  const progress = startProgress('Importing', found.files.length);
  try {
    for await (const file of readFiles(found)) {
      const result: Omit<FileReport, 'file'> =
        file.kind === 'refused'
          ? { slug: file.slug, action: 'invalid', issues: file.issues }
          : await importer.importFile(file, { collection, draft, dryRun, force, batch });
      if (!file.isNamed && isPlainMarkdown(result.issues)) report.leftAlone += 1;
      else report.files.push({ ...result, file: file.file });
      progress.step();
    }
    if (!dryRun) await importer.finish(collection);
  } finally {
    progress.stop();
  }
  return report;
}
