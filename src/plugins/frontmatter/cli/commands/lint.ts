import {
  calendarDate,
  factsOf,
  fromFrontmatter,
  isPlainMarkdown,
  lint,
  readNamed,
  type KeptLink,
  type LintFacts,
  type LintResult,
  type ParsedFile,
  type Shape,
} from '../../core';
import { findShapes } from '../application';
import { findCms, type CmsOptions } from '../cms';
import { UsageError } from '../errors';
import type { FoundFiles } from '../find-files';
import { readFiles } from '../read-files';
import type { Output } from '../../kit/command-line';
import { formatCount, printFindings, type FileReport, type Report } from '../report';
import { skippedCounts, skippedPlain } from '../skipped';
import { sortFiles } from '../sort-files';

export interface LintOptions extends CmsOptions {
  draft: boolean;
  json: boolean;
  verbose: boolean;
}

/** Prints findings about files, or about documents of the CMS. Returns the exit code. */
export async function lintDocuments(
  paths: string[],
  { draft, json, verbose, ...options }: LintOptions,
  output: Output
): Promise<0 | 1> {
  if (draft && paths.length > 0) {
    throw new UsageError('--draft looks at drafts of the CMS, and files have none: leave one out');
  }
  const { files, skipped } =
    paths.length > 0
      ? await lintPaths(findShapes(options.appDir, options.collection), paths)
      : { files: await lintCms(options, draft), skipped: [] };
  const findings = files.reduce((sum, { issues }) => sum + issues.length, 0);
  const summary = `${formatCount(findings)} ${findings === 1 ? 'finding' : 'findings'} in ${formatCount(files.length)} ${files.length === 1 ? 'document' : 'documents'}`;
  const parts = [summary, ...skippedCounts(skipped)];
  printFindings({ files, skipped }, output, { json, verbose, summary: parts.join('; ') });
  return findings > 0 ? 1 : 0;
}

async function lintCms(options: CmsOptions, draft: boolean): Promise<FileReport<'found'>[]> {
  const cms = await findCms(options);
  return cms.use(async ({ linter }) => {
    const reports: FileReport<'found'>[] = [];
    for (const { collection } of cms.shapes) {
      const results = await linter.lint(collection, { status: draft ? 'draft' : 'published' });
      for (const { slug, issues } of results) {
        const file = cms.shapes.length > 1 ? `${collection}/${slug}` : slug;
        reports.push({ file, slug, action: 'found', issues });
      }
    }
    return reports;
  });
}

async function lintPaths(shapes: readonly Shape[], paths: string[]): Promise<Report<'found'>> {
  const report: Report<'found'> = { files: [], skipped: [] };
  for (const { shape, found } of await sortFiles(shapes, paths)) {
    const { files, skipped } = await lintFiles(shape, found);
    report.files.push(...files);
    report.skipped.push(...skipped);
  }
  return report;
}

/** Lints files: links to slugs without a file are pending; a file that cannot be read says why. */
async function lintFiles(shape: Shape, found: FoundFiles): Promise<Report<'found'>> {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions(); // that of the files' owner
  const today = calendarDate(new Date(), timeZone);
  const slugs = new Set(found.files.map(({ slug }) => slug));
  // Files named one by one are only a part of a collection: links to the rest cannot be checked.
  const isWhole = found.files.some(({ isNamed }) => !isNamed);
  const names = new Map<string, string>();
  const facts: LintFacts[] = [];
  const refused: FileReport<'found'>[] = [];
  for await (const file of readFiles(found)) {
    const result =
      file.kind === 'refused' ? { ...file, kind: 'invalid' as const } : readNamed(shape, file);
    if (result.kind === 'invalid') {
      const isPlain = file.kind === 'read' && !file.isNamed && isPlainMarkdown(result.issues);
      const { file: name, slug } = file;
      if (isPlain) found.skipped.push(skippedPlain(file));
      else refused.push({ file: name, slug, action: 'found', issues: result.issues });
      continue;
    }
    names.set(file.slug, file.file);
    const all = linksOfFile(shape, result.file, slugs);
    const links = isWhole ? all : all.filter(({ state }) => state !== 'pending');
    const { file: parsed, issues: notes } = result;
    facts.push(factsOf(shape, { slug: file.slug, file: parsed, notes, links, today }));
  }
  const files = [...lint(facts, shape.lint).map(toReport), ...refused];
  return { files: files.filter(({ issues }) => issues.length > 0), skipped: found.skipped };

  function toReport({ slug, issues }: LintResult): FileReport<'found'> {
    return { file: names.get(slug) ?? slug, slug, action: 'found', issues };
  }
}

const linksOfFile = (shape: Shape, { data }: ParsedFile, slugs: ReadonlySet<string>): KeptLink[] =>
  fromFrontmatter(shape, data, '').references.flatMap((reference) =>
    // The documents of another collection are not among these files.
    reference.kind === 'links' && reference.target === shape.contentType
      ? reference.slugs.map((slug) => ({
          path: reference.path.join('.'),
          slug,
          state: slugs.has(slug) ? ('published' as const) : ('pending' as const),
        }))
      : []
  );
