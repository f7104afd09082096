import type { Core, UID } from '@strapi/strapi';
import { formatCursor } from 'strapi-plugin-frontmatter/core';
import { hookState } from '../../../core';
import type { Hook } from '../../../shared';
import { DELIVERY, type DeliveryRow, type HookRow } from '../models';
import { getService } from '../plugin-id';
import { validSecrets } from './credentials';
import type { Followed } from './followed-hooks';
import { situationOf } from './situation';

/** Hooks as they are given out: without anything secret. */
export function createHookView({ strapi }: { strapi: Core.Strapi }) {
  /** Of a position, rows of hooks keep the number alone. */
  async function cursorAt({ id, cursorSeq, cursorToken }: HookRow, seq: number): Promise<string> {
    if (seq === cursorSeq) return formatCursor({ seq, token: cursorToken });
    const delivery = (await strapi.db.query(DELIVERY.uid as UID.Schema).findOne({
      select: ['toToken'],
      where: { hookId: id, toSeq: seq },
    })) as Pick<DeliveryRow, 'toToken'> | null;
    return formatCursor({ seq, token: delivery?.toToken ?? '' });
  }

  /** @param followed Nothing where the database does not know its cursor. */
  async function toHook(row: HookRow, followed: Followed | undefined): Promise<Hook> {
    const now = getService(strapi, 'clock').now();
    const credentials = getService(strapi, 'credentials').open(row);
    const outlook = followed && {
      changes: followed.pending.changes.size,
      situation: situationOf(row, followed),
    };
    const [, previous] = credentials ? validSecrets(credentials, now) : [];
    return {
      id: row.id,
      name: row.name,
      preset: row.preset,
      filter: row.filter,
      quietPeriodMs: row.quietPeriodMs,
      maxWaitMs: row.maxWaitMs,
      isEnabled: row.isEnabled,
      statusUrl: row.statusUrl,
      maskedUrl: row.maskedUrl,
      headerNames: Object.keys(credentials?.headers ?? {}),
      hasToken: credentials?.token !== undefined,
      isReadable: credentials !== undefined,
      isDeclared: row.isDeclared,
      previousSecretUntil: previous?.until ?? null,
      cursor: formatCursor({ seq: row.cursorSeq, token: row.cursorToken }),
      state: hookState(row, outlook, now),
      lastDeliveredAt: row.lastDeliveredAt,
      liveCursor: row.liveSeq > 0 ? await cursorAt(row, row.liveSeq) : null,
    };
  }

  return {
    toHook,
    /** With what is pending now. */
    read: async (row: HookRow): Promise<Hook> =>
      toHook(row, await getService(strapi, 'followed-hooks').read(row)),
  };
}
