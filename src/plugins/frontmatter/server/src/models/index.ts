import { importedFileModel } from './imported-file';
import { publicationModel } from './publication';
import { referenceModel } from './reference';
import { writeLockModel } from './write-lock';

/** Tables of the plugin's own rather than content types: nobody edits or exports them. */
export const models = [writeLockModel, publicationModel, referenceModel, importedFileModel];

export * from './imported-file';
export * from './publication';
export * from './reference';
export * from './write-lock';
