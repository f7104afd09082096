import type { Core } from '@strapi/strapi';
import { createHttpError, errors } from '../../../kit/strapi-utils';
import type { Context } from 'koa';
import { isSlug, MAX_FILE_BYTES, SLUG_RULE } from '../../../core';
import { hashOf } from '../../../node/text-hash';
import { type ImportResult, type PutDocument } from '../../../shared';
import { mayReadDrafts } from '../requests/draft-permission';
import { getImporter } from '../services/importing/importer';
import { getShapes } from '../services/foundation/shapes';
import { preconditionOf } from './precondition';
import { putQuery } from '../requests/queries';
import { parseQuery } from '../requests/query';
import { entityTag, splitExtension } from './representation';
import { readBody, uploadTypeOf } from '../requests/upload-body';
import { uploadFormatOf } from '../requests/upload-format';

/** Imports one document, sent as a markdown file, YAML or JSON. */
export const createPutDocument =
  ({ strapi }: { strapi: Core.Strapi }) =>
  async (ctx: Context): Promise<void> => {
    const { status, force } = parseQuery(putQuery, ctx.query);
    const { collection } = getShapes(strapi).getByCollection(ctx.params['collection']);
    const { slug, extension } = splitExtension(ctx.params['slug']);
    if (!isSlug(slug))
      throw new errors.ValidationError(`'${slug}' is not a valid slug: ${SLUG_RULE}`);
    const format = uploadFormatOf(uploadTypeOf(ctx), extension);
    const precondition = preconditionOf(ctx);
    const bytes = await readBody(ctx, {
      maxBytes: MAX_FILE_BYTES,
      advice: 'move long text out of the document',
    });

    const result = await getImporter(strapi).importFile(
      { slug, bytes, format },
      {
        collection,
        draft: status === 'draft',
        dryRun: false,
        force,
        batch: new Set([slug]),
        isAlone: true,
        precondition,
        hidesDrafts: !(await mayReadDrafts(strapi, ctx)),
      }
    );
    assertTaken(result);
    const { action, issues, etag } = result;
    // RFC 9110, section 9.3.4: no validator unless what was sent is stored unchanged.
    if (etag && format === 'md' && etag === hashOf(bytes.toString())) {
      ctx.set('ETag', entityTag(etag, format));
    }
    ctx.status = action === 'created' ? 201 : 200;
    ctx.body = {
      data: { slug, action, etag: etag ?? null, issues },
      meta: { collection, status },
    } satisfies PutDocument.Response;
  };

/** @throws an error with status 409 or 422. */
function assertTaken({ action, issues, conflicts = [] }: ImportResult): void {
  if (action === 'invalid') {
    const { length } = issues.filter(({ severity }) => severity === 'error');
    const found = `${length} ${length === 1 ? 'problem' : 'problems'} found, see details`;
    throw refusal(422, `Nothing was written: ${found}`, { issues });
  }
  const departed = issues.find(({ code }) => code === 'departed');
  if (departed) throw refusal(409, departed.message, { issues, conflicts });
  if (action === 'conflict') {
    const message =
      'The document was changed in the CMS as well: see details, or send it with ?force=true';
    throw refusal(409, message, { issues, conflicts });
  }
}

const refusal = (status: number, message: string, details: PutDocument.ErrorDetails): Error =>
  createHttpError(status, message, details);
