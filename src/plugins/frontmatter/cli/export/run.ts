import { decode, lineEndVariants } from '../../core';
import type { Exporter } from '../../shared';
import type { FileShape } from '../find-files';
import type { Folder } from './folder';
import type { SkippedFile } from '../skipped';
import type { ExportedFile } from './report';
import { removeLeftovers } from './write-file';

export interface ExportTask {
  folder: Folder;
  shape: FileShape;
  exporter: Exporter;
  /** Say what would happen and write nothing. */
  check: boolean;
  /** Remove and move the files of documents that are gone or renamed. */
  prune: boolean;
  /** Write over changes that the CMS has not published. */
  force: boolean;
  /** Called after each document. */
  onStep?: () => void;
  /** Called, with `check`, for each file that would change, with the lines of a unified diff. */
  onDiff?: (lines: string[]) => void;
}

export interface ExportedDocument {
  report: ExportedFile;
  /** Of its file; absent if there is none. */
  realPath?: string;
}

/** What is known so far of an export that is under way. It holds no texts. */
export interface ExportRun extends ExportTask {
  /** By slug: all that is published. */
  documents: Map<string, ExportedDocument>;
  /** Slugs by the real path of their file. */
  owners: Map<string, string>;
  others: ExportedFile[];
  unknown: number;
  skipped: SkippedFile[];
  /** Folders in which no killed export has left anything. */
  tidyFolders: Set<string>;
}

/** Removes what a killed export left in a folder that is written to. */
export async function tidy(run: ExportRun, realPath: string): Promise<void> {
  if (run.tidyFolders.has(realPath)) return;
  run.tidyFolders.add(realPath);
  await removeLeftovers(realPath);
}

/**
 * Whether the CMS once imported or served just these bytes, or with `anyLineEnds` these lines: then
 * nothing is lost without them.
 */
export async function isKnown(
  run: ExportRun,
  slug: string,
  bytes: Buffer,
  { anyLineEnds = false } = {}
): Promise<boolean> {
  const decoded = decode(bytes);
  if (decoded.kind === 'refused') return false;
  for (const text of anyLineEnds ? lineEndVariants(decoded.text) : [decoded.text]) {
    if (await run.exporter.isKnownText(run.shape.collection, slug, text)) return true;
  }
  return false;
}
