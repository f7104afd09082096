import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { memoize, once } from 'es-toolkit';
import { frontmatterSchema, type Shape } from '../../../core';
import { buildOpenApi } from '../openapi';
import { apiPath } from '../plugin-id';
import { getShapes } from '../services/foundation/shapes';
import { answer, entityTagOf } from './answer';
import { noQuery, parseQuery } from '../requests/query';

/** Describes what readers get, for programs that validate it or generate types or clients. */
export function createSchemaController({ strapi }: { strapi: Core.Strapi }) {
  const shapes = () => getShapes(strapi);

  const schemaText = memoize((shape: Shape): string => {
    const $id = `${apiPath(strapi)}/schemas/${shape.collection}.json`;
    return JSON.stringify({ $id, ...frontmatterSchema(shape) });
  });
  const openApiText = once((): string => {
    const version = strapi.config.get<string>('info.version');
    return JSON.stringify(buildOpenApi({ shapes: shapes().all(), base: apiPath(strapi), version }));
  });

  return {
    async findOne(ctx: Context): Promise<void> {
      parseQuery(noQuery, ctx.query);
      const shape = shapes().getByCollection(ctx.params['collection']);
      const body = schemaText(shape);
      answer(strapi, ctx, {
        contentType: 'application/schema+json',
        body,
        etag: entityTagOf(body, 'schema'),
        tags: ['schemas'],
      });
    },

    /** Named so that read-only tokens may read it too: Strapi grants them `find` and `findOne`. */
    async find(ctx: Context): Promise<void> {
      parseQuery(noQuery, ctx.query);
      const body = openApiText();
      answer(strapi, ctx, {
        contentType: 'application/json; charset=utf-8',
        body,
        etag: entityTagOf(body, 'openapi'),
        tags: ['schemas'],
      });
    },
  };
}
