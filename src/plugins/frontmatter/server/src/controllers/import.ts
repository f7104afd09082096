import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import type { Context } from 'koa';
import getRawBody from 'raw-body';
import { z } from 'zod';
import {
  decode,
  fileIssue,
  isSlug,
  MAX_FILE_BYTES,
  SLUG_RULE,
  uploadedText,
  withoutLines,
  type Shape,
  type UploadFormat,
} from '../../../core';
import {
  DOCUMENT_STATUSES,
  type ImportFiles,
  type ImportResult,
  type Precondition,
  type PutDocument,
} from '../../../shared';
import { createHttpError } from '../http-error';
import { getService } from '../plugin-id';
import { flag, parseQuery } from './query';
import { splitExtension } from './representation';

const putQuery = z.strictObject({
  status: z.enum(DOCUMENT_STATUSES).default('published'),
  force: flag,
});
const importQuery = putQuery.extend({ dryRun: flag, collection: z.string().optional() });

const FORMATS: Record<string, UploadFormat> = {
  'text/markdown': 'md',
  'application/yaml': 'yaml',
  'text/yaml': 'yaml',
  'application/json': 'json',
};

/** A file as `strapi::body` puts it down. */
interface TemporaryFile {
  filepath: string;
  originalFilename: string | null;
}

export function createImportActions({ strapi }: { strapi: Core.Strapi }) {
  const importer = () => getService(strapi, 'importer');

  return {
    /** One document, as a markdown file, YAML or JSON. */
    async update(ctx: Context): Promise<void> {
      const { status, force } = parseQuery(putQuery, ctx.query);
      const shape = getService(strapi, 'shapes').getByCollection(ctx.params['collection']);
      const { slug, extension } = splitExtension(ctx.params['slug']);
      if (!isSlug(slug)) throw new errors.ValidationError(`'${slug}' is no slug: ${SLUG_RULE}`);
      const format = extension ?? FORMATS[ctx['state'].uploadType];
      if (!format) throw unsupportedType(`send ${Object.keys(FORMATS).join(', ')}`);

      const bytes = await readBytes(ctx);
      const upload =
        format === 'md' ? { bytes, linesBefore: 0 } : await toFile(shape, slug, format, bytes);
      const options = {
        collection: shape.collection,
        draft: status === 'draft',
        dryRun: false,
        force,
        precondition: preconditionOf(ctx),
      };
      const result = await importer().importFile({ slug, bytes: upload.bytes }, options);
      result.issues = withoutLines(result.issues, upload.linesBefore);
      assertTaken(result);
      await importer().finish(shape.collection);

      const { action, issues, etag } = result;
      if (etag) ctx.set('ETag', `"${etag}-envelope"`);
      ctx.status = action === 'created' ? 201 : 200;
      ctx.body = {
        data: { slug, action, etag: etag ?? null, issues },
        meta: { collection: shape.collection },
      } satisfies PutDocument.Response;
    },

    /** Many files, each written wholly or not at all. */
    async import(ctx: Context): Promise<void> {
      const { status, force, dryRun, collection } = parseQuery(importQuery, ctx.query);
      const shape = getService(strapi, 'shapes').getOnly(collection);
      const files = uploadedFiles(ctx);
      const slugs = files.map(slugOf);
      const batch = new Set(slugs);
      const options = { collection: shape.collection, draft: status === 'draft', dryRun, force };
      const data: ImportFiles.FileResult[] = [];
      for (const [index, file] of files.entries()) {
        const slug = String(slugs[index]);
        const isShared = slugs.indexOf(slug) !== slugs.lastIndexOf(slug);
        const result = isShared
          ? sharedSlug(slug)
          : await importer().importFile(
              { slug, bytes: await readFile(file.filepath) },
              { ...options, batch }
            );
        data.push({ file: nameOf(file), ...result });
      }
      if (!dryRun) await importer().finish(shape.collection);
      ctx.body = {
        data,
        meta: { collection: shape.collection, dryRun, counts: countsOf(data) },
      } satisfies ImportFiles.Response;
    },
  };

  /** YAML and JSON become a file around what the document says besides. */
  async function toFile(
    shape: Shape,
    slug: string,
    format: UploadFormat,
    bytes: Uint8Array
  ): Promise<{ bytes: Uint8Array; linesBefore: number }> {
    const decoded = decode(bytes);
    if (decoded.kind === 'refused') throw unprocessable({ issues: decoded.issues });
    const draft = await getService(strapi, 'documents').findDraft(shape, slug);
    const { text } = decoded;
    const upload = uploadedText(shape, { format, text, current: draft?.text });
    if (upload.kind === 'invalid') throw unprocessable({ issues: upload.issues });
    return { bytes: new TextEncoder().encode(upload.text), linesBefore: upload.linesBefore };
  }
}

async function readBytes(ctx: Context): Promise<Uint8Array> {
  if (ctx.get('Content-Encoding')) {
    throw unsupportedType('send the document without Content-Encoding');
  }
  try {
    return await getRawBody(ctx.req, { limit: MAX_FILE_BYTES, length: ctx.request.length });
  } catch (error) {
    if ((error as { type?: string }).type !== 'entity.too.large') throw error;
    throw createHttpError(
      413,
      `The document is larger than ${MAX_FILE_BYTES / 1024} kB: shorten it, or split it`
    );
  }
}

/** RFC 9110, section 13.1: the hash of an entity tag is the same in every representation. */
function preconditionOf(ctx: Context): Precondition {
  const ifMatch = ctx.get('If-Match').trim();
  const ifNoneMatch = ctx.get('If-None-Match').trim();
  if (ifNoneMatch && ifNoneMatch !== '*') {
    throw new errors.ValidationError(
      'If-None-Match can only be * here: it creates a document and never changes one'
    );
  }
  const hashes = [...ifMatch.matchAll(/"([0-9a-f]+)(?:-[a-z]+)?"/g)].map(([, hash]) =>
    String(hash)
  );
  return {
    ...(ifMatch && { ifMatch: ifMatch === '*' ? ifMatch : hashes }),
    ...(ifNoneMatch === '*' && { ifNoneMatch }),
  };
}

/** @throws an error with status 409 or 422. */
function assertTaken({ action, issues, conflicts }: ImportResult): void {
  if (action === 'invalid') throw unprocessable({ issues });
  if (action !== 'conflict') return;
  throw createHttpError(
    409,
    'The document was changed in the CMS as well: see details, or send it with ?force=true',
    { details: { issues, conflicts: conflicts ?? [] } satisfies PutDocument.ErrorDetails }
  );
}

const unprocessable = (details: PutDocument.ErrorDetails): Error => {
  const errorCount = details.issues.filter(({ severity }) => severity === 'error').length;
  const message = `Nothing was written: ${errorCount} ${errorCount === 1 ? 'problem' : 'problems'} found, see details`;
  return createHttpError(422, message, { details });
};

const unsupportedType = (advice: string): Error =>
  createHttpError(415, `This media type cannot be read: ${advice}`);

function uploadedFiles(ctx: Context): TemporaryFile[] {
  const { files } = ctx.request as { files?: { files?: TemporaryFile | TemporaryFile[] } };
  if (!ctx.is('multipart')) throw unsupportedType('send multipart/form-data with the field files');
  const found = [files?.files ?? []].flat();
  if (found.length > 0) return found;
  throw new errors.ValidationError('No files: send markdown files in the multipart field files');
}

const nameOf = ({ originalFilename }: TemporaryFile): string => originalFilename ?? '';

const slugOf = (file: TemporaryFile): string => path.posix.basename(nameOf(file), '.md');

const sharedSlug = (slug: string): ImportResult => ({
  slug,
  action: 'invalid',
  issues: [fileIssue('duplicate-slug', `several of these files have the slug '${slug}': send one`)],
});

function countsOf(
  results: readonly ImportFiles.FileResult[]
): ImportFiles.Response['meta']['counts'] {
  const counts: ImportFiles.Response['meta']['counts'] = {};
  for (const { action } of results) counts[action] = (counts[action] ?? 0) + 1;
  return counts;
}
