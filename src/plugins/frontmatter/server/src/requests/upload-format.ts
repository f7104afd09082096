import type { UploadFormat } from '../../../core';
import { unsupportedType } from './upload-body';

/** Media types of a document, with the format of each. */
export const ACCEPTED_UPLOADS: ReadonlyMap<string, UploadFormat> = new Map([
  ['text/markdown', 'md'],
  ['application/yaml', 'yaml'],
  ['text/yaml', 'yaml'],
  ['application/json', 'json'],
  ['application/vnd.frontmatter+json', 'json'],
]);

/** Says nothing about the format. */
const OPAQUE = 'application/octet-stream';

/**
 * Determines the format of a sent document: by its content type, or by the extension of the path if
 * there is no type, but never by guessing between the two.
 *
 * @throws an error with status 415.
 */
export function uploadFormatOf(
  contentType: string,
  extension: UploadFormat | undefined
): UploadFormat {
  const [type = '', ...parameters] = contentType
    .split(';')
    .map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  if (charset && !/^charset="?utf-?8"?$/.test(charset)) {
    throw unsupportedType(`The ${charset} is not supported: send the document as UTF-8`);
  }
  if (type === '' || type === OPAQUE) {
    if (extension) return extension;
    throw unsupportedType(`A Content-Type is missing: send one of ${offered()}`);
  }
  const format = ACCEPTED_UPLOADS.get(type);
  if (!format)
    throw unsupportedType(`The Content-Type ${type} is not supported: send one of ${offered()}`);
  if (!extension || extension === format) return format;
  throw unsupportedType(
    `The Content-Type ${type} and the extension .${extension} contradict each other: change one`
  );
}

const offered = (): string => [...ACCEPTED_UPLOADS.keys()].join(', ');
