import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import type { Context } from 'koa';
import { z } from 'zod';
import { isSlug, type Shape } from '../../../core';
import { DOCUMENT_STATUSES, type FindCollections } from '../../../shared';
import { getService } from '../plugin-id';
import {
  ACCEPTED_TYPES,
  OFFERED_TYPES,
  represent,
  representationOfType,
  splitExtension,
  type Representation,
} from './representation';

const noQuery = z.strictObject({});
const itemQuery = z.strictObject({ status: z.enum(DOCUMENT_STATUSES).default('published') });

/** Strapi's mark of an action that roles and tokens can be given. */
const ACTION_TYPE = Symbol.for('__type__');

export function createDocumentController({ strapi }: { strapi: Core.Strapi }) {
  return {
    async find(ctx: Context): Promise<void> {
      parseQuery(noQuery, ctx.query);
      const shapes = getService(strapi, 'shapes').all();
      const data = await Promise.all(
        shapes.map(async (shape) => ({
          collection: shape.collection,
          count: await getService(strapi, 'documents').count(shape),
        }))
      );
      ctx.body = { data, meta: {} } satisfies FindCollections.Response;
    },

    async findOne(ctx: Context): Promise<void> {
      const { status } = parseQuery(itemQuery, ctx.query);
      const shape = getShape(ctx.params['collection']);
      const { slug, extension } = splitExtension(ctx.params['slug']);
      const representation = extension ?? negotiate(ctx);
      if (!representation) {
        const offered = OFFERED_TYPES.join(', ');
        ctx['notAcceptable'](`Nothing here matches the Accept header: ask for ${offered}`);
        return;
      }
      const document = isSlug(slug)
        ? await getService(strapi, 'documents').findOne(shape, slug, status)
        : undefined;
      if (!document) {
        throw new errors.NotFoundError(`No ${status} document '${slug}' in '${shape.collection}'`);
      }
      const meta = { collection: shape.collection, status };
      const { contentType, etag, body } = represent(document, representation, meta);
      ctx.set('ETag', etag);
      if (!extension) ctx.vary('Accept');
      ctx.status = 200;
      if (ctx.fresh) {
        ctx.status = 304;
        return;
      }
      ctx.type = contentType;
      ctx.body = body;
    },

    /** No route of its own: the right to ask the others for `?status=draft`. */
    draft: Object.assign(
      (): never => {
        throw new errors.NotImplementedError('document.draft is a permission, not a route');
      },
      { [ACTION_TYPE]: ['content-api'] }
    ),
  };

  function getShape(collection: string): Shape {
    const shapes = getService(strapi, 'shapes');
    const shape = shapes.findByCollection(collection);
    if (shape) return shape;
    const known = shapes.all().map((candidate) => candidate.collection);
    throw new errors.NotFoundError(`No collection '${collection}': there is ${known.join(', ')}`);
  }
}

function negotiate(ctx: Context): Representation | undefined {
  const type = ctx.accepts(ACCEPTED_TYPES);
  return typeof type === 'string' ? representationOfType(type) : undefined;
}

function parseQuery<T>(schema: z.ZodType<T>, query: unknown): T {
  const result = schema.safeParse(query);
  if (result.success) return result.data;
  const details = result.error.issues.map(({ path, message }) => ({ path, message }));
  throw new errors.ValidationError(
    `Invalid query: ${details.map(({ path, message }) => [...path, message].join(': ')).join('; ')}`,
    { errors: details }
  );
}
