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
  /** Report what would happen and write nothing. */
  check: boolean;
  /** Remove and move the files of documents that are gone or renamed. */
  prune: boolean;
  /** Overwrite changes that the CMS has not published. */
  force: boolean;
  /** Called after each document. */
  onStep?: () => void;
  /** With `check`, called with the lines of a unified diff for each file that would change. */
  onDiff?: (lines: string[]) => void;
}

export interface ExportedDocument {
  report: ExportedFile;
  /** Real path of its file; absent if there is none. */
  realPath?: string;
}

/** What is known so far about a running export. It holds no texts. */
export interface ExportRun extends ExportTask {
  /** All published documents, by slug. */
  documents: Map<string, ExportedDocument>;
  /** Slugs by the real path of their file. */
  owners: Map<string, string>;
  others: ExportedFile[];
  unknown: number;
  skipped: SkippedFile[];
  /** Folders without leftovers of killed exports. */
  tidyFolders: Set<string>;
}

/** Removes what a killed export left in a folder, before this one writes to it. */
export async function tidy(run: ExportRun, realPath: string): Promise<void> {
  if (run.tidyFolders.has(realPath)) return;
  run.tidyFolders.add(realPath);
  await removeLeftovers(realPath);
}

/**
 * Whether the CMS once imported or served exactly these bytes, or with `anyLineEnds` these lines:
 * then nothing is lost without them.
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
