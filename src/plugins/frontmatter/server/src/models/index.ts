import { importedFileModel } from './imported-file';
import { publicationModel } from './publication';
import { referenceModel } from './reference';
import { writeLockModel } from './write-lock';

/** The plugin's own tables. They are not content types, because nobody edits or exports them. */
export const models = [writeLockModel, publicationModel, referenceModel, importedFileModel];

export * from './imported-file';
export * from './publication';
export * from './reference';
export * from './write-lock';
