import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { decode, fileIssue, withLineEndsOf } from '../../core';
import type { ExportText } from '../../shared';
import { diffOf } from './diff';
import { adviceFor } from './file-errors';
import { removeEmptyFolders } from './folder';
import { locate, type Location } from './locate';
import { isKnown, tidy, type ExportedDocument, type ExportRun } from './run';
import { writeWhole } from './write-file';

/** Updates the file of one document, or reports why it stays as it is. */
export async function exportText(
  run: ExportRun,
  { slug, text }: ExportText
): Promise<ExportedDocument> {
  const location = await locate(run.folder, run.shape, slug);
  const { file } = location;
  const failed = (reason: string): ExportedDocument => ({
    report: { file, slug, action: 'failed', issues: [fileIssue('not-written', reason)] },
  });
  if (location.kind === 'refused') return failed(location.reason);

  const { realPath } = location;
  const owner = run.owners.get(realPath);
  if (owner !== undefined) {
    return failed(`this is also the file of '${owner}', which comes first: remove the link`);
  }
  run.owners.set(realPath, slug);
  if (location.kind === 'existing') reportDuplicates(run, slug, location);
  try {
    const action = await bringUpToDate(run, { slug, text }, location);
    const issues = action === 'kept' ? [fileIssue('unseen-changes', UNSEEN)] : [];
    return { report: { file, slug, action, issues }, realPath };
  } catch (error) {
    return { ...failed(`the file cannot be written (${adviceFor(error)})`), realPath };
  }
}

function reportDuplicates(
  run: ExportRun,
  slug: string,
  { file, duplicates }: Extract<Location, { kind: 'existing' }>
): void {
  for (const duplicate of duplicates) {
    const message = `the slug '${slug}' is also that of ${file}, which is the one that is written: remove or rename this one`;
    run.others.push({
      file: duplicate,
      slug,
      action: 'duplicate',
      issues: [fileIssue('duplicate-slug', message)],
    });
  }
}

const UNSEEN =
  'the file holds changes that the CMS has not published: import it, and publish the document if the import went into its draft; or write over them with --force';

async function bringUpToDate(
  run: ExportRun,
  { slug, text }: ExportText,
  location: Exclude<Location, { kind: 'refused' }>
): Promise<'created' | 'updated' | 'unchanged' | 'kept'> {
  const { realPath } = location;
  if (location.kind === 'new') {
    const isWritten = run.check || (await createFile(run, realPath, Buffer.from(text)));
    return isWritten ? 'created' : 'kept';
  }
  const before = await readFile(realPath);
  const decoded = decode(before);
  const wanted = decoded.kind === 'text' ? withLineEndsOf(decoded.text, text) : text;
  const bytes = Buffer.from(wanted);
  if (before.equals(bytes)) return 'unchanged';
  if (run.check) run.onDiff?.(diffOf(location.file, before, wanted));
  const isSeen = run.force || (await isKnown(run, slug, before, { anyLineEnds: true }));
  if (!isSeen) return 'kept';
  if (run.check) return 'updated';
  await tidy(run, path.dirname(realPath));
  const replaced = { stats: location.stats, bytes: before };
  return (await writeWhole(realPath, bytes, replaced)) ? 'updated' : 'kept';
}

async function createFile(run: ExportRun, realPath: string, bytes: Buffer): Promise<boolean> {
  const parent = path.dirname(realPath);
  const made = await mkdir(parent, { recursive: true });
  try {
    await tidy(run, parent);
    return await writeWhole(realPath, bytes);
  } catch (error) {
    if (made !== undefined) await removeEmptyFolders(run.folder, parent);
    throw error;
  }
}
