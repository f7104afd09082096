import { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { z } from 'zod';
import type { ExportText } from '../../../shared';
import { getService } from '../plugin-id';
import { parseQuery } from './query';

const querySchema = z.strictObject({ collection: z.string().optional() });

/** All published files of a collection, a line of JSON for each. */
export const createExportTexts =
  ({ strapi }: { strapi: Core.Strapi }) =>
  async (ctx: Context): Promise<void> => {
    const query = parseQuery(querySchema, ctx.query);
    const { collection } = getService(strapi, 'shapes').getOnly(query.collection);
    const lines = Readable.from(linesOf(getService(strapi, 'exporter').texts(collection)));
    // Koa leaves an answer open whose stream fails: the reader must not take the part for the whole.
    lines.on('error', () => ctx.res.destroy());
    ctx.type = 'application/x-ndjson; charset=utf-8';
    ctx.body = lines;
  };

async function* linesOf(texts: AsyncIterable<ExportText>): AsyncGenerator<string> {
  for await (const text of texts) yield `${JSON.stringify(text)}\n`;
}
