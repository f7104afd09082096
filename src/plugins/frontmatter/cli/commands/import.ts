import type { Issue } from '../../core';
import type { Importer, ImportResult, ImportSource } from '../../shared';
import { findShape, withApplication } from '../application';
import { findFiles } from '../find-files';
import { startProgress } from '../progress';
import { fileIssue, readFiles, type ReadFile } from '../read-files';
import { printReport, type FileReport, type Output } from '../report';

export interface ImportCommandOptions {
  appDir: string;
  collection?: string;
  draft: boolean;
  dryRun: boolean;
  ifEmpty: boolean;
  json: boolean;
}

/** A document is written in two passes. */
const STEPS_PER_DOCUMENT = 2;

/** Writes the valid ones of some files into the CMS. Gives the exit code. */
export async function importFiles(
  paths: string[],
  options: ImportCommandOptions,
  output: Output
): Promise<0 | 1> {
  const shape = findShape(options.appDir, options.collection);
  const { files, leftAlone } = await readFiles(shape, await findFiles(shape, paths));
  const sources = files.flatMap(({ source }) => source ?? []);
  const results = await importSources(sources, { ...options, collection: shape.collection });
  if (results === 'not-empty') {
    output.out(`Imported nothing: '${shape.collection}' holds documents already`);
    return 0;
  }
  const report = { files: files.map((file) => toReport(file, results.get(file.slug))), leftAlone };
  const verb = options.dryRun ? 'Would import' : 'Imported';
  return printReport(report, output, { json: options.json, verb });
}

async function importSources(
  sources: ImportSource[],
  options: ImportCommandOptions & { collection: string }
): Promise<Map<string, ImportResult> | 'not-empty'> {
  if (sources.length === 0) return new Map();
  return withApplication(options.appDir, async (strapi) => {
    const importer = strapi.plugin('frontmatter').service('importer') as Importer;
    const { collection, draft, dryRun } = options;
    if (options.ifEmpty && !(await importer.beginIntoEmpty(collection))) return 'not-empty';
    const progress = startProgress('Importing', sources.length * STEPS_PER_DOCUMENT);
    try {
      const results = await importer.importAll(sources, {
        collection,
        draft,
        dryRun,
        onStep: progress.step,
      });
      if (options.ifEmpty) await importer.finishIntoEmpty();
      return new Map(results.map((result) => [result.slug, result]));
    } finally {
      progress.stop();
    }
  });
}

function toReport(file: ReadFile, result: ImportResult | undefined): FileReport {
  const { slug, issues } = file;
  if (!file.source || !result) return { file: file.file, slug, action: 'invalid', issues };
  return {
    file: file.file,
    slug,
    action: result.action,
    issues: [...issues, ...refusal(result), ...unknownLinks(file, result)],
  };
}

const refusal = ({ error }: ImportResult): Issue[] =>
  error === undefined ? [] : [fileIssue('not-saved', `the CMS refused it: ${error}`)];

function unknownLinks(file: ReadFile, result: ImportResult): Issue[] {
  return result.unknownLinks.map(({ path, slug }) => {
    const items = path.reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | undefined)?.[key],
      file.source?.frontmatter
    ) as string[];
    const itemPath = [...path, items.indexOf(slug)];
    return {
      code: 'unknown-slug',
      severity: 'note',
      path: itemPath.join('.'),
      ...file.positionOf(itemPath).value,
      message: `the CMS knows no '${slug}': the link is left out; import this file again once it does`,
    };
  });
}
