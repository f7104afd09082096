import { removeDeparted } from './removed-documents';
import { exportText } from './export-text';
import type { ExportReport } from './report';
import type { ExportRun, ExportTask } from './run';

/**
 * Writes all published documents into a folder, in place. Reports files that cannot be written, and
 * writes the others. An error of the exporter ends it; the files written so far are complete.
 */
export async function exportIntoFolder(task: ExportTask): Promise<ExportReport> {
  const run: ExportRun = {
    ...task,
    documents: new Map(),
    owners: new Map(),
    others: [],
    unknown: 0,
    skipped: [],
    tidyFolders: new Set(),
  };
  for await (const text of task.exporter.texts(task.shape.collection)) {
    run.documents.set(text.slug, await exportText(run, text));
    task.onStep?.();
  }
  await removeDeparted(run);
  const files = [...run.documents.values()].map(({ report }) => report);
  return {
    files: [...files, ...run.others],
    unknown: run.unknown,
    skipped: run.skipped,
  };
}
