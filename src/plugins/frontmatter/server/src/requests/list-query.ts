import type { Core } from '@strapi/strapi';
import { errors } from '../../../kit/strapi-utils';
import type { Context } from 'koa';
import { z } from 'zod';
import { wholeNumber } from '../../../kit/request';
import { parseSelection, type Selection, type Shape } from '../../../core';
import { DOCUMENT_STATUSES, type DocumentStatus, type ListDocuments } from '../../../shared';
import { stateOf } from '../services/foundation/request-state';
import type { ListQuery } from '../services/reading/lists';
import { parseQuery } from './query';

const DEFAULT_PAGE_SIZE = 25;
const MAX_PAGE_SIZE = 1000;
const MAX_START = 1_000_000;

const text = z.union([z.string(), z.array(z.string())]);
const place = wholeNumber(1, MAX_START);
const size = wholeNumber(1, MAX_PAGE_SIZE);
const pagination = z
  .strictObject({
    page: place.optional(),
    pageSize: size.optional(),
    start: wholeNumber(0, MAX_START).optional(),
    limit: size.optional(),
  })
  .refine(
    ({ page, pageSize, start, limit }) =>
      (page ?? pageSize) === undefined || (start ?? limit) === undefined,
    'give page and pageSize, or start and limit'
  );

/** `GET /api/frontmatter/:collection`. Strapi checks the content of `filters` and `sort`. */
const listQuery = z.strictObject({
  filters: z.record(z.string(), z.unknown()).or(z.array(z.unknown())).optional(),
  sort: z.unknown().optional(),
  pagination: pagination.optional().describe('page and pageSize, or start and limit'),
  fields: text.optional(),
  status: z.enum(DOCUMENT_STATUSES).default('published'),
});

const texts = z.array(z.string()).optional();

/** The same for OpenAPI, with only one notation of each key. */
export const listParameters = listQuery.extend({
  filters: z.looseObject({}).optional().describe('As in plain REST: `?filters[author][name]=Ada`'),
  sort: texts.describe('Attributes: `?sort=order,title:desc`'),
  fields: texts.describe('Keys of the frontmatter, dotted where nested, and `body`'),
});

type Pagination = ListDocuments.Response['meta']['pagination'];

export interface ListRequest {
  query: ListQuery;
  selection: Selection | undefined;
  status: DocumentStatus;
  range: { start: number; limit: number };
  /** Whether the request says which page it wants. */
  isPaged: boolean;
  /** The pagination that the answer reports, in the terms of the request. */
  paginationOf(total: number): Pagination;
}

/** @throws ValidationError that names the key and its allowed values. */
export async function parseListQuery(
  strapi: Core.Strapi,
  ctx: Context,
  shape: Shape
): Promise<ListRequest> {
  const { filters, sort, fields, status, ...parsed } = parseQuery(listQuery, ctx.query);
  const { page = 1, pageSize = DEFAULT_PAGE_SIZE, start, limit } = parsed.pagination ?? {};
  const isOffset = (start ?? limit) !== undefined;
  const range = isOffset
    ? { start: start ?? 0, limit: limit ?? DEFAULT_PAGE_SIZE }
    : { start: (page - 1) * pageSize, limit: pageSize };
  return {
    query: await sanitize(strapi, ctx, shape, {
      ...(filters !== undefined && { filters }),
      ...(sort !== undefined && { sort }),
    }),
    selection: fields === undefined ? undefined : selectionOf(shape, fields),
    status,
    range,
    isPaged: parsed.pagination !== undefined,
    paginationOf: (total) =>
      isOffset
        ? { ...range, total }
        : { page, pageSize, pageCount: Math.ceil(total / pageSize), total },
  };
}

/** Rejects private attributes and those that the caller may not read, as plain REST does. */
async function sanitize(
  strapi: Core.Strapi,
  ctx: Context,
  shape: Shape,
  query: ListQuery
): Promise<ListQuery> {
  if (Object.keys(query).length === 0) return query;
  const type = strapi.contentType(shape.contentType as Parameters<Core.Strapi['contentType']>[0]);
  const options = { auth: stateOf(ctx).auth, strictParams: true };
  await strapi.contentAPI.validate.query({ ...query }, type, options);
  return (await strapi.contentAPI.sanitize.query({ ...query }, type, options)) as ListQuery;
}

function selectionOf(shape: Shape, fields: string | readonly string[]): Selection {
  const names = [fields].flat().flatMap((part) => part.split(','));
  const result = parseSelection(
    shape,
    names.map((name) => name.trim())
  );
  if (result.kind === 'selection') return result.selection;
  throw new errors.ValidationError(`Invalid query: fields: ${result.message}`, {
    errors: [{ path: ['fields'], message: result.message }],
  });
}
