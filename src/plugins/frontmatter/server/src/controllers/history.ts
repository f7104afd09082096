import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { z } from 'zod';
import { parseCursor } from '../../../core';
import { parseFields } from '../../../kit/field-error';
import { errors } from '../../../kit/strapi-utils';
import type { FindDeleted, FindHistory, FindHistoryText } from '../../../shared';
import { getConfig } from '../config';
import { panelHistoryQuery } from '../requests/queries';
import { parseQuery } from '../requests/query';
import { getRestorer } from '../services/importing/restorer';
import { getHistory } from '../services/reading/history';
import { rightsOf } from '../services/foundation/panel-rights';
import { draftFor, shapeOf } from './panel-access';

const PAGE_SIZE = 20;

const restoreBody = z.strictObject({ paths: z.array(z.string()).min(1) });

/** Shows editors in the panel what readers got of a document, and restores it. */
export function createHistoryController({ strapi }: { strapi: Core.Strapi }) {
  function seqOf(ctx: Context): number {
    const { cursor } = ctx['params'] as { cursor: string };
    const parsed = parseCursor(cursor);
    if (!parsed) throw new errors.NotFoundError(`'${cursor}' is not a publication`);
    return parsed.seq;
  }

  function assertMay(ctx: Context, action: 'read' | 'create'): void {
    const { contentType } = shapeOf(strapi, ctx);
    if (rightsOf(strapi, ctx, contentType).cannot[action]()) throw new errors.ForbiddenError();
  }

  return {
    async find(ctx: Context): Promise<void> {
      const { draft } = await draftFor(strapi, ctx, 'read');
      const { before } = parseQuery(panelHistoryQuery, ctx.query);
      const options = { limit: PAGE_SIZE, ...(before !== undefined && { before }) };
      const data = await getHistory(strapi).ofDocument(draft.documentId, options);
      const last = data.length === PAGE_SIZE ? data.at(-1) : undefined;
      const { retention } = getConfig(strapi);
      const meta = { before: last?.cursor ?? null, retention };
      ctx.body = { data, meta } satisfies FindHistory.Response;
    },

    async findOne(ctx: Context): Promise<void> {
      const { shape, draft, rights } = await draftFor(strapi, ctx, 'read');
      const found = await getRestorer(strapi).compare(shape, draft, seqOf(ctx));
      const paths = found.paths.filter((path) => mayUpdate(path, { shape, draft, rights }));
      ctx.body = { data: { ...found, paths } } satisfies FindHistoryText.Response;
    },

    async restore(ctx: Context): Promise<void> {
      const { shape, draft, rights } = await draftFor(strapi, ctx, 'update');
      const { paths } = parseFields(restoreBody, (ctx.request as { body?: unknown }).body);
      if (!paths.every((path) => mayUpdate(path, { shape, draft, rights }))) {
        throw new errors.ForbiddenError();
      }
      await getRestorer(strapi).restore(shape, draft, { seq: seqOf(ctx), paths });
      ctx.status = 204;
    },

    async findDeleted(ctx: Context): Promise<void> {
      assertMay(ctx, 'read');
      const data = await getRestorer(strapi).findDeleted(shapeOf(strapi, ctx));
      ctx.body = { data } satisfies FindDeleted.Response;
    },

    async restoreDeleted(ctx: Context): Promise<void> {
      assertMay(ctx, 'create');
      const { slug } = ctx['params'] as { slug: string };
      await getRestorer(strapi).restoreDeleted(shapeOf(strapi, ctx), slug);
      ctx.status = 204;
    },
  };
}

/** Whether an editor may change the attribute that holds a key, or the body. */
function mayUpdate(
  path: string,
  { shape, draft, rights }: Awaited<ReturnType<typeof draftFor>>
): boolean {
  const leaf = shape.leaves.find((each) => each.path.join('.') === path);
  const attribute = leaf?.attribute.join('.') ?? path;
  return !rights.cannot.update(draft, attribute);
}
