import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { wholeNumber } from 'strapi-plugin-frontmatter/kit/request';
import { z } from 'zod';
import { DELIVERY_KINDS, DELIVERY_STATES } from '../../../shared';
import { parseFields } from 'strapi-plugin-frontmatter/kit/field-error';
import { getDeliveryList } from '../services/deliveries/delivery-list';
import { getOperations } from '../services/operating/operations';
import { answers, idOf, MAX_ID } from './request';

const MAX_PAGE_SIZE = 100;

const listQuery = z.strictObject({
  hook: wholeNumber(1, MAX_ID).optional(),
  state: z.enum(DELIVERY_STATES, `must be one of ${DELIVERY_STATES.join(', ')}`).optional(),
  kind: z.enum(DELIVERY_KINDS, `must be one of ${DELIVERY_KINDS.join(', ')}`).optional(),
  page: wholeNumber(1, 1_000_000).default(1),
  pageSize: wholeNumber(1, MAX_PAGE_SIZE).default(25),
});

/** What was sent, for operators in the panel. */
export function createDeliveryController({ strapi }: { strapi: Core.Strapi }) {
  return {
    async find(ctx: Context): Promise<void> {
      const query = parseFields(listQuery, ctx.query);
      ctx.body = await getDeliveryList(strapi).list(query);
    },

    send: answers((ctx) => getOperations(strapi).sendAgain(idOf(ctx))),
  };
}
