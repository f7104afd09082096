import type { Exporter, History, Importer, ImportOptions, ImportResult, Linter } from '../shared';
import type { ApplicationOptions } from './application';
import type { FileShape } from './find-files';
import type { ReadFile } from './read-files';

/** The CMS that a command works on. */
export interface Cms {
  /** Shapes of the named collection, or of all. */
  shapes: readonly FileShape[];
  use<T>(task: (services: CmsServices) => Promise<T>, options?: ApplicationOptions): Promise<T>;
}

/** The services of a CMS that commands use, in this process or in another. */
export interface CmsServices {
  importer: FileImporter;
  exporter: Exporter;
  linter: Linter;
  history: History;
}

export interface FileImporter extends Pick<Importer, 'beginIntoEmpty' | 'finishIntoEmpty'> {
  /** Yields the result of each file, in their order. */
  importFiles(
    files: AsyncIterable<ReadFile>,
    options: FileImportOptions
  ): AsyncIterable<ImportedFile>;
}

export type FileImportOptions = Pick<ImportOptions, 'collection' | 'draft' | 'dryRun' | 'force'> & {
  /** All slugs of the import. */
  batch: ReadonlySet<string>;
};

export interface ImportedFile {
  file: ReadFile;
  result: ImportResult;
}
