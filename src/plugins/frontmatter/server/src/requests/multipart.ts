import { errors } from '../../../kit/strapi-utils';
import type { Context } from 'koa';
import { readBody, unsupportedType, uploadTypeOf } from './upload-body';

/** An import is held in memory completely: a few thousand files of the usual size. */
const MAX_IMPORT_BYTES = 32 * 1024 * 1024;

export const IMPORT_FIELD = 'files';
const BATCH_FIELD = 'batch';

export interface SentFile {
  /** As it was sent, with folders if the sender included them. */
  name: string;
  bytes(): Promise<Uint8Array>;
}

export interface SentForm {
  files: SentFile[];
  /** Slugs that other requests of the same import send. */
  batch: string[];
}

/**
 * Reads the files of a form with Node's own parser, without writing any file to disk.
 *
 * @throws an error with status 400, 413 or 415.
 */
export async function readMultipart(ctx: Context): Promise<SentForm> {
  const contentType = uploadTypeOf(ctx);
  if (!/^multipart\/form-data\s*(?:;|$)/i.test(contentType)) {
    throw unsupportedType(`Send files as multipart/form-data, in the field ${IMPORT_FIELD}`);
  }
  const body = await readBody(ctx, {
    maxBytes: MAX_IMPORT_BYTES,
    advice: 'send fewer files at once',
  });
  const form = await parseForm(body, contentType);
  const unknown = [...form.keys()].find((name) => name !== IMPORT_FIELD && name !== BATCH_FIELD);
  if (unknown !== undefined) {
    throw new errors.ValidationError(
      `Unknown field '${unknown}': send files in the field ${IMPORT_FIELD}`
    );
  }
  const files = form.getAll(IMPORT_FIELD).map((value): SentFile => {
    if (typeof value === 'string') {
      throw new errors.ValidationError(
        `The field ${IMPORT_FIELD} contains text: send files with their names`
      );
    }
    return { name: value.name, bytes: async () => new Uint8Array(await value.arrayBuffer()) };
  });
  const batch = form.getAll(BATCH_FIELD).flatMap((value) => String(value).split(/\r?\n/));
  if (files.length > 0) return { files, batch };
  throw new errors.ValidationError(`No files: send markdown files in the field ${IMPORT_FIELD}`);
}

async function parseForm(body: Buffer, contentType: string): Promise<FormData> {
  try {
    return await new Response(body, { headers: { 'Content-Type': contentType } }).formData();
  } catch {
    // The parser throws a TypeError without a reason.
    throw new errors.ValidationError(
      'This is not multipart/form-data: check the boundary, and that the body is complete'
    );
  }
}
