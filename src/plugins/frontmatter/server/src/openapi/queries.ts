import { z } from 'zod';
import { changesQuery } from '../requests/queries';
import { listQuery } from '../requests/list-query';

const texts = z.array(z.string()).optional();
const { collection, since, limit } = changesQuery.shape;

/** What the route takes, each key in one of the ways that it may be written in. */
export const listParameters = listQuery.extend({
  filters: z.looseObject({}).optional().describe('As in plain REST: `?filters[author][name]=Ada`'),
  sort: texts.describe('Attributes: `?sort=order,title:desc`'),
  pagination: listQuery.shape.pagination.describe('page and pageSize, or start and limit'),
  fields: texts.describe('Keys of the frontmatter, dotted where nested, and `body`'),
});

export const changesParameters = changesQuery.extend({
  collection: collection.describe('Only of this collection'),
  since: since.describe('Cursor of an earlier answer'),
  limit: limit.describe('Changes in one answer; 1,000 by default'),
});
