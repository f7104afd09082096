import { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { ExportText } from '../../../shared';
import { getExporter } from '../services/reading/exporter';
import { getShapes } from '../services/foundation/shapes';
import { answerStream } from './answer';
import { exportQuery } from '../requests/queries';
import { parseQuery } from '../requests/query';

/** Serves all published files of a collection, one line of JSON for each. */
export const createExportTexts =
  ({ strapi }: { strapi: Core.Strapi }) =>
  async (ctx: Context): Promise<void> => {
    const query = parseQuery(exportQuery, ctx.query);
    const { collection } = getShapes(strapi).getOnly(query.collection);
    answerStream(strapi, ctx, {
      contentType: 'application/x-ndjson; charset=utf-8',
      tags: [collection],
      open: () => Readable.from(linesOf(getExporter(strapi).texts(collection))),
    });
  };

async function* linesOf(texts: AsyncIterable<ExportText>): AsyncGenerator<string> {
  for await (const text of texts) yield `${JSON.stringify(text)}\n`;
}
