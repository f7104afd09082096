import { chmod, mkdir, readFile, realpath, rename, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { fileIssue, fileNames, isSlug, type Issue } from '../../core';
import type { Departure } from '../../shared';
import { findFiles, type FoundFile } from '../find-files';
import { exportText } from './export-text';
import { adviceFor, errorCodeOf } from './file-errors';
import { removeEmptyFolders } from './folder';
import { probeNew } from './locate';
import type { ExportAction } from './report';
import { isKnown, tidy, type ExportedDocument, type ExportRun } from './run';
import { isStill } from './write-file';

/** Reports, and with `prune` removes, the files in the folder whose documents are not published. */
export async function removeDeparted(run: ExportRun): Promise<void> {
  const found = await findFiles(run.shape, [run.folder.name]);
  for (const skipped of found.skipped) {
    // The file of a document may be a link.
    const target = skipped.reason === 'link' && (await realpath(skipped.file).catch(() => ''));
    if (!target || !run.owners.has(target)) run.skipped.push(skipped);
  }
  for (const { file, reason } of found.unreadable) {
    const issues = [fileIssue('unreadable', reason)];
    run.others.push({ file, slug: '', action: 'unreadable', issues });
  }
  const orphans = found.files.filter(({ slug }) => !run.documents.has(slug));
  const departures = await departuresOf(run, orphans);
  for (const orphan of orphans) {
    if (await holdsPublished(run, orphan.file)) continue;
    const departure = departures.get(orphan.slug);
    const draft = departure?.reason === 'unpublished' ? departure.draft : undefined;
    if (!departure) run.unknown += (await isKnownFile(run, orphan)) ? 0 : 1;
    else if (draft !== undefined) {
      // A second file of the same document was reported with the first.
      if (!run.documents.has(orphan.slug))
        run.documents.set(orphan.slug, await exportText(run, { slug: orphan.slug, text: draft }));
    } else if (run.prune) await prune(run, orphan, departure);
    else report(run, orphan, departure, await removedDocumentIssue(run, orphan, departure));
  }
}

async function departuresOf(run: ExportRun, orphans: FoundFile[]): Promise<Map<string, Departure>> {
  const slugs = [...new Set(orphans.map(({ slug }) => slug).filter(isSlug))];
  if (slugs.length === 0) return new Map();
  const departures = await run.exporter.departures(run.shape.collection, slugs);
  return new Map(departures.map((departure) => [departure.slug, departure]));
}

/** Whether nothing would be lost without a file; `false` if it cannot be read. */
async function isKnownFile(run: ExportRun, { file, slug }: FoundFile): Promise<boolean> {
  try {
    return isSlug(slug) && (await isKnown(run, slug, await readFile(file)));
  } catch (error) {
    if (errorCodeOf(error) === undefined) throw error;
    return false;
  }
}

/** Whether a file is that of a published document, by a link or a case-insensitive disk. */
async function holdsPublished(run: ExportRun, file: string): Promise<boolean> {
  try {
    return run.owners.has(await realpath(file));
  } catch (error) {
    // Removed since the folder was searched: nothing is left to report.
    if (errorCodeOf(error) === 'ENOENT') return true;
    throw error;
  }
}

/** Actions after which a file holds its document. `moved`: from yet another old name. */
const WRITTEN: readonly (ExportAction | undefined)[] = ['created', 'moved', 'updated', 'unchanged'];

async function prune(run: ExportRun, orphan: FoundFile, departure: Departure): Promise<void> {
  const keep = (reason: string) =>
    report(
      run,
      orphan,
      departure,
      fileIssue('not-removed', `${whatBecameOf(departure)}, ${reason}`)
    );
  const successor =
    departure.reason === 'renamed' ? run.documents.get(departure.renamedTo) : undefined;
  if (departure.reason === 'renamed' && !WRITTEN.includes(successor?.report.action)) {
    return keep('whose file was not written in this run: this one stays until it is');
  }
  let bytes: Buffer;
  try {
    bytes = await readFile(orphan.file);
  } catch (error) {
    return keep(`but the file cannot be read (${adviceFor(error)})`);
  }
  if (!(await isKnown(run, orphan.slug, bytes))) {
    return keep(
      `but the file holds changes that the CMS has not published: ${rescueOf(departure)}`
    );
  }
  const moves = successor?.report.action === 'created';
  try {
    if (moves && successor) await nameLike(run, orphan, successor);
    const removed = run.check || (await remove(run, orphan.file, { bytes, moves, successor }));
    if (!removed) return keep('but the file was saved meanwhile: run export again');
  } catch (error) {
    return keep(`but the file cannot be moved or removed (${adviceFor(error)})`);
  }
  if (moves && successor) Object.assign(successor.report, { action: 'moved', from: orphan.file });
  else report(run, orphan, departure);
}

/** Names the new file of a renamed document by the old one's pattern, such as `{slug}/index.md`. */
async function nameLike(
  run: ExportRun,
  { file, slug }: FoundFile,
  successor: ExportedDocument
): Promise<void> {
  const { folder, shape, check } = run;
  const { report, realPath = '' } = successor;
  const below = path.relative(folder.name, file);
  const pattern = fileNames(shape, slug).findIndex((name) => path.normalize(name) === below);
  const name = fileNames(shape, report.slug)[pattern];
  if (name === undefined) return;
  const place = await probeNew(folder, path.join(folder.realPath, name));
  if (place.kind !== 'new' || !(await isStill(place.realPath, undefined))) return;
  if (!check) {
    await mkdir(path.dirname(place.realPath), { recursive: true });
    await rename(realPath, place.realPath);
    await removeEmptyFolders(folder, path.dirname(realPath));
  }
  run.owners.set(place.realPath, report.slug);
  successor.realPath = place.realPath;
  report.file = path.join(folder.name, name);
}

interface RemovedFile {
  /** As they were read. */
  bytes: Buffer;
  /** Whether the document's new file did not exist before. */
  moves: boolean;
  successor: ExportedDocument | undefined;
}

/**
 * Removes a file for good. Its successor, already written under the new slug, gets its mode: this
 * moves the file, and the document is in at least one place at any time.
 *
 * @returns `false` if another program has saved the file since: then it stays.
 */
async function remove(
  run: ExportRun,
  file: string,
  { bytes, moves, successor }: RemovedFile
): Promise<boolean> {
  const realPath = await realpath(file);
  if (moves && successor?.realPath !== undefined) {
    await chmod(successor.realPath, (await stat(realPath)).mode & 0o7777);
  }
  const parent = path.dirname(realPath);
  await tidy(run, parent);
  if (!(await isStill(realPath, bytes))) return false;
  await unlink(realPath);
  await removeEmptyFolders(run.folder, parent);
  return true;
}

/** Reports a file. Without an issue it was removed, or would be. */
function report(
  run: ExportRun,
  { file, slug }: FoundFile,
  { reason }: Departure,
  issue?: Issue
): void {
  const action = issue ? 'departed' : 'removed';
  run.others.push({ file, slug, action, reason, issues: issue ? [issue] : [] });
}

async function removedDocumentIssue(
  run: ExportRun,
  orphan: FoundFile,
  departure: Departure
): Promise<Issue> {
  const advice = (await isKnownFile(run, orphan))
    ? 'remove the file, or run export with --prune'
    : `the file holds changes that the CMS has not published, ${rescueOf(departure)}`;
  return fileIssue('departed', `${whatBecameOf(departure)}: ${advice}`);
}

function whatBecameOf(departure: Departure): string {
  switch (departure.reason) {
    case 'deleted':
      return 'the document was deleted in the CMS';
    case 'unpublished':
      return 'the document is not published any more';
    case 'renamed':
      return `the document was renamed to '${departure.renamedTo}' in the CMS`;
  }
}

const rescueOf = (departure: Departure): string =>
  departure.reason === 'renamed'
    ? `copy them into the file of '${departure.renamedTo}' and import that, or remove this one`
    : 'import or remove it';
