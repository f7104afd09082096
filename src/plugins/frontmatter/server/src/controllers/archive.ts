import { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import { errors } from '../../../kit/strapi-utils';
import { TextReader, ZipWriter } from '@zip.js/zip.js';
import type { Context } from 'koa';
import { fileNames, type Shape } from '../../../core';
import type { ServedDocument } from '../services/store/publications';
import { getLists } from '../services/reading/lists';
import { getShapes } from '../services/foundation/shapes';
import { answerStream, entityTagOf } from './answer';
import { noQuery, parseQuery } from '../requests/query';

/** Serves all files of a collection as one archive. */
export function createArchiveController({ strapi }: { strapi: Core.Strapi }) {
  return {
    async findOne(ctx: Context): Promise<void> {
      parseQuery(noQuery, ctx.query);
      const [, collection] = /^(.+)\.zip$/.exec(ctx.params['name']) ?? [];
      if (!collection) {
        throw new errors.NotFoundError(
          `'${ctx.params['name']}' is not an archive: ask for the name of a collection with .zip`
        );
      }
      const shape = getShapes(strapi).getByCollection(collection);
      const { documents, versions } = await getLists(strapi).openPublished(shape, {});
      ctx.attachment(`${collection}.zip`);
      answerStream(strapi, ctx, {
        contentType: 'application/zip',
        etag: entityTagOf(versions, 'zip'),
        tags: [collection],
        open: () => zipOf(shape, documents),
      });
    },
  };
}

/** Returns an archive that is written while it is read, one file after the other. */
function zipOf(shape: Shape, documents: AsyncIterable<readonly ServedDocument[]>): Readable {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const write = async (): Promise<void> => {
    const zip = new ZipWriter(writable);
    for await (const some of documents) {
      for (const { slug, text, publishedAt } of some) {
        const [name = slug] = fileNames(shape, slug);
        await zip.add(name, new TextReader(text), { lastModDate: publishedAt ?? new Date(0) });
      }
    }
    await zip.close();
  };
  // The reader sees the error, or caused it by closing the connection.
  write().catch((error: unknown) => writable.abort(error).catch(() => undefined));
  return Readable.fromWeb(readable as Parameters<typeof Readable.fromWeb>[0]);
}
