import type { Core, UID } from '@strapi/strapi';
import { omit } from 'es-toolkit';
import { formatCursor } from 'strapi-plugin-frontmatter/core';
import type { Message } from '../../../../core';
import type { Delivery, DeliveryList } from '../../../../shared';
import { DELIVERY, type DeliveryRow } from '../../models';
import { serviceOf } from '../foundation/service-of';

/** What was sent, and what is being sent. */
export function createDeliveryList({ strapi }: { strapi: Core.Strapi }): DeliveryList {
  return {
    async list({ hook, state, kind, page, pageSize }) {
      const { results, pagination } = await strapi.db.query(DELIVERY.uid as UID.Schema).findPage({
        where: { ...(hook && { hookId: hook }), ...(state && { state }), ...(kind && { kind }) },
        orderBy: { id: 'desc' },
        page,
        pageSize,
      });
      return { data: (results as DeliveryRow[]).map(toDelivery), meta: { pagination } };
    },
  };
}

/** Returns a delivery as the API shows it. */
export function toDelivery(row: DeliveryRow): Delivery {
  const { data } = JSON.parse(row.message) as Message;
  return {
    id: row.id,
    hook: { id: row.hookId, name: row.hookName },
    messageId: row.messageId,
    kind: row.kind,
    state: row.state,
    from: formatCursor({ seq: row.fromSeq, token: row.fromToken }),
    to: formatCursor({ seq: row.toSeq, token: row.toToken }),
    counts: data.counts,
    changes: data.changes?.map((change) => omit(change, ['reason'])) ?? null,
    attempts: row.attempts ?? [],
    attemptCount: row.attemptCount,
    createdAt: row.createdAt,
    nextAttemptAt: row.nextAttemptAt,
    endedAt: row.endedAt,
    live: row.live,
  };
}

export const getDeliveryList = serviceOf('delivery-list', createDeliveryList);
