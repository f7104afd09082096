import type { Core } from '@strapi/strapi';
import { createHttpError, errors } from '../../../kit/strapi-utils';
import type { Context } from 'koa';
import { bodyOfText, formatCursor, parseCursor, type Cursor } from '../../../core';
import { getChanges, type ChangeRow, type ChangesPage } from '../services/reading/changes';
import { getShapes } from '../services/foundation/shapes';
import { answer } from './answer';
import { changesQuery } from '../requests/queries';
import { parseQuery } from '../requests/query';

/** Serves the feed from which consumers get what is published, and nothing else. */
export function createChangeController({ strapi }: { strapi: Core.Strapi }) {
  return {
    async find(ctx: Context): Promise<void> {
      const { collection, limit, since } = parseQuery(changesQuery, ctx.query);
      const shapes = getShapes(strapi);
      if (collection !== undefined) shapes.getByCollection(collection);
      const from = since === undefined ? undefined : toCursor(since);
      const page = await getChanges(strapi).since(from, { collection, limit });
      if (!page) {
        throw createHttpError(
          410,
          `The cursor '${since}' is from another database, or from one that was restored since: read everything again, without 'since'`
        );
      }
      const cursor = formatCursor(page.cursor);
      answer(strapi, ctx, {
        contentType: 'application/json; charset=utf-8',
        body: `{"data":[${page.rows.map((row) => changeJson(row, page)).join(',')}],"meta":${JSON.stringify({ cursor, hasMore: page.hasMore })}}`,
        // For a given URL, the newest position alone determines the answer.
        etag: `"${formatCursor(page.newest)}-changes"`,
        dependsOn: 'all',
        tags:
          collection === undefined ? shapes.all().map((shape) => shape.collection) : [collection],
      });
    },
  };
}

function toCursor(text: string): Cursor {
  const cursor = parseCursor(text);
  if (cursor) return cursor;
  const message = `since: ${JSON.stringify(text.slice(0, 50))} is not a cursor: send that of an earlier answer unchanged, or none`;
  throw new errors.ValidationError(`Invalid query: ${message}`, {
    errors: [{ path: ['since'], message }],
  });
}

/** Returns a `Change` as JSON text, with the JSON that was made at publication. */
function changeJson(row: ChangeRow, { newSlugs }: ChangesPage): string {
  const { seq, collection, slug, reason } = row;
  if (row.state === 'gone') {
    const newSlug = reason === 'renamed' ? newSlugs.get(row.document_id) : undefined;
    return JSON.stringify({
      action: 'delete',
      seq,
      collection,
      slug,
      reason,
      ...(newSlug !== undefined && { newSlug }),
    });
  }
  const head = JSON.stringify({ action: 'upsert', seq, collection, slug, reason, etag: row.etag });
  return `${head.slice(0, -1)},"frontmatter":${row.data},"body":${JSON.stringify(bodyOfText(row.text))}}`;
}
