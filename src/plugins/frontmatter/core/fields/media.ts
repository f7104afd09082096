import type { Field, FieldOptions } from './field';
import { textSchema } from './values';

/** Content type of the media library. */
export const MEDIA_TYPE = 'plugin::upload.file';

interface StoredFile {
  url?: string;
  /** File name as it was uploaded. */
  name?: string;
}

export interface MediaField extends Field {
  kind: 'media';
  target: typeof MEDIA_TYPE;
}

/**
 * Declares a file of the media library by its path. A path in a file refers to the media file with
 * that URL, or else with that file name; an import keeps the path as written.
 */
export const media = (options: FieldOptions = {}): MediaField => ({
  kind: 'media',
  name: 'media',
  storage: { types: ['media'], declaration: { type: 'media', multiple: false } },
  required: options.required ?? false,
  attribute: options.attribute,
  description: options.description,
  target: MEDIA_TYPE,
  schema: textSchema({ required: true }),
  populate: { select: ['documentId', 'url', 'name'] },
  parse: (stored) => (stored as StoredFile | null | undefined)?.url ?? undefined,
  isWrittenFor: (written, stored) => isFileOf(written, stored as StoredFile | null | undefined),
});

function isFileOf(path: unknown, file: StoredFile | null | undefined): boolean {
  if (typeof path !== 'string' || !file) return false;
  return path === file.url || fileNameOf(path) === file.name;
}

/** Returns the last part of a path or URL. */
export const fileNameOf = (path: string): string =>
  path
    .replace(/[?#].*$/, '')
    .split('/')
    .at(-1) ?? path;
