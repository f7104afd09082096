import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { memoize } from 'es-toolkit';
import { z } from 'zod';
import { frontmatterSchema, type Shape } from '../../../core';
import { apiPath, getService } from '../plugin-id';
import { hashOf } from '../services/renderer';
import { parseQuery } from './query';

const noQuery = z.strictObject({});

/** Says what readers get: to programs that check it, and to those that make types or clients. */
export function createSchemaController({ strapi }: { strapi: Core.Strapi }) {
  const schemaText = memoize((shape: Shape) => {
    const $id = `${apiPath(strapi)}/schemas/${shape.collection}.json`;
    return JSON.stringify({ $id, ...frontmatterSchema(shape) });
  });

  return {
    async findOne(ctx: Context): Promise<void> {
      parseQuery(noQuery, ctx.query);
      const shape = getService(strapi, 'shapes').getByCollection(ctx.params['collection']);
      answer(ctx, 'application/schema+json', schemaText(shape));
    },
  };
}

/** A text that is the same until the application is built anew. */
function answer(ctx: Context, contentType: string, text: string): void {
  ctx.set('ETag', `"${hashOf(text)}"`);
  ctx.status = 200;
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  ctx.type = contentType;
  ctx.body = text;
}
