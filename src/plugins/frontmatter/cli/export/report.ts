import type { Departure } from '../../shared';
import type { FileReport, Report } from '../report';

/** Results for the file of a published document. */
export const DOCUMENT_ACTIONS = [
  'created',
  'updated',
  'moved',
  'unchanged',
  /** It differs, and holds changes that the CMS has not published. */
  'kept',
  'failed',
] as const;

/** Results for a document's file, or for another file (`unreadable`: or for a folder). */
export type ExportAction =
  (typeof DOCUMENT_ACTIONS)[number] | 'removed' | 'departed' | 'duplicate' | 'unreadable';

export interface ExportedFile extends FileReport<ExportAction> {
  /** Why the file's document is not published; only with `departed` and `removed`. */
  reason?: Departure['reason'];
  /** Where the file was before; only with `moved`. */
  from?: string;
}

export interface ExportReport extends Report<ExportAction> {
  files: ExportedFile[];
  /** Files that are named like documents and that the CMS never knew. */
  unknown: number;
}
