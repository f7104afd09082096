import { createHttpError, errors } from '../../../kit/strapi-utils';
import type { Context } from 'koa';
import getRawBody from 'raw-body';
import { stateOf } from '../services/foundation/request-state';

/** @throws an error with status 413, 415, or 400 for a `Content-Range` or an incomplete body. */
export async function readBody(
  ctx: Context,
  { maxBytes, advice }: { maxBytes: number; advice: string }
): Promise<Buffer> {
  const encoding = ctx.get('Content-Encoding');
  if (encoding !== '' && encoding.toLowerCase() !== 'identity') {
    ctx.set('Accept-Encoding', 'identity'); // RFC 9110, section 15.5.16
    throw unsupportedType(
      `the Content-Encoding ${encoding} is not supported: send the document uncompressed`
    );
  }
  // RFC 9110, section 9.3.4: a part must not be mistaken for the whole.
  if (ctx.get('Content-Range') !== '') {
    throw new errors.ValidationError('Content-Range is not supported: send the whole document');
  }
  try {
    return await getRawBody(ctx.req, { limit: maxBytes, length: ctx.request.length });
  } catch (error) {
    const { type } = error as { type?: string };
    if (type === 'entity.too.large') {
      throw createHttpError(413, `More than ${maxBytes / 1024} kB were sent: ${advice}`);
    }
    if (type !== 'request.aborted' && type !== 'request.size.invalid') throw error;
    throw new errors.ValidationError('The body ended early: send it again');
  }
}

export const unsupportedType = (message: string): Error => createHttpError(415, message);

/** Returns the content type that `raw-upload` saved. */
export const uploadTypeOf = (ctx: Context): string => stateOf(ctx).frontmatterUploadType ?? '';
