import type { Exporter, History, Importer, ImportOptions, ImportResult, Linter } from '../shared';
import type { ApplicationOptions } from './application';
import type { FileShape } from './find-files';
import type { ReadFile } from './read-files';

/** The CMS that a command works on. */
export interface Cms {
  /** Of the collection that is named, or of all. */
  shapes: readonly FileShape[];
  use<T>(task: (services: CmsServices) => Promise<T>, options?: ApplicationOptions): Promise<T>;
}

/** What commands ask of a CMS, in this process or in another. */
export interface CmsServices {
  importer: FileImporter;
  exporter: Exporter;
  linter: Linter;
  history: History;
}

export interface FileImporter extends Pick<Importer, 'beginIntoEmpty' | 'finishIntoEmpty'> {
  /** Gives what became of each file, in their order. */
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
