import { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import { errors } from '../../../kit/strapi-utils';
import type { Context } from 'koa';
import { formatCursor, type Selection } from '../../../core';
import type { ServedDocument } from '../services/store/publications';
import { getLists } from '../services/reading/lists';
import { getShapes } from '../services/foundation/shapes';
import { answer, answerStream, entityTagOf } from './answer';
import { entryJson } from './representation';
import { parseListQuery } from '../requests/list-query';

const NDJSON = 'application/x-ndjson';
const TYPES = ['application/json', NDJSON];

/** Handles `GET /:collection`: serves a page of documents, or all of them, one per line. */
export const createListDocuments =
  ({ strapi }: { strapi: Core.Strapi }) =>
  async (ctx: Context): Promise<void> => {
    const shape = getShapes(strapi).getByCollection(ctx.params['collection']);
    const type = ctx.accepts(TYPES);
    if (!type) {
      ctx['notAcceptable'](`Nothing here matches the Accept header: ask for ${TYPES.join(' or ')}`);
      return;
    }
    const request = await parseListQuery(strapi, ctx, shape);
    const { query, range, selection, status } = request;
    const lists = getLists(strapi);
    const isDraft = status === 'draft';
    const tags = [shape.collection];
    ctx.vary('Accept');

    if (type === NDJSON) {
      if (request.isPaged) {
        throw new errors.ValidationError(
          `Invalid query: pagination: ${NDJSON} holds all that match: leave it out`
        );
      }
      const open = isDraft ? undefined : await lists.openPublished(shape, query);
      answerStream(strapi, ctx, {
        contentType: `${NDJSON}; charset=utf-8`,
        ...(open && { etag: entityTagOf([open.versions, selection], 'ndjson') }),
        tags,
        isPrivate: isDraft,
        open: () => {
          const documents = open?.documents ?? lists.streamDrafts(shape, query);
          return Readable.from(linesOf(documents, selection));
        },
      });
      return;
    }
    const find = isDraft ? lists.findDrafts : lists.findPublished;
    const { documents, unreadable = [], total, cursor } = await find(shape, query, range);
    const meta = {
      collection: shape.collection,
      status,
      pagination: request.paginationOf(total),
      cursor: formatCursor(cursor),
      ...(unreadable.length > 0 && { unreadable }),
    };
    const entries = documents.map((document) => entryJson(document, selection));
    const body = `{"data":[${entries.join(',')}],"meta":${JSON.stringify(meta)}}`;
    answer(strapi, ctx, {
      contentType: 'application/json; charset=utf-8',
      body,
      etag: entityTagOf(body, 'list'),
      tags,
      isPrivate: isDraft,
      // Filters and sorts can also use attributes that readers do not get.
      ...(Object.keys(query).length === 0 && { dependsOn: 'all' as const }),
    });
  };

async function* linesOf(
  documents: AsyncIterable<readonly ServedDocument[]>,
  selection: Selection | undefined
): AsyncGenerator<string> {
  for await (const some of documents) {
    if (some.length > 0) yield `${some.map((one) => entryJson(one, selection)).join('\n')}\n`;
  }
}
