import type { Core, UID } from '@strapi/strapi';
import { formatCursor } from 'strapi-plugin-frontmatter/core';
import { hookState } from '../../../../core';
import type { Hook } from '../../../../shared';
import { DELIVERY, type DeliveryRow, type HookRow } from '../../models';
import { getClock } from '../foundation/clock';
import { getCredentials, validSecrets } from '../hooks/credentials';
import { plainColumnsOf } from '../hooks/settings/stored';
import { getFollowedHooks, type Followed } from '../following/followed-hooks';
import { planInputOf } from '../following/delivery-plan-input';
import { serviceOf } from '../foundation/service-of';
import { reportUrlOf } from '../../plugin-id';

/** Reads hooks as the API returns them: without secrets, and with what is pending now. */
export function createHookView({ strapi }: { strapi: Core.Strapi }) {
  /** @param followed `undefined` if the database does not know its cursor, or was not asked. */
  function toHook(row: HookRow, followed: Followed | undefined, lastTestAt: string | null): Hook {
    const now = getClock(strapi).now();
    const credentials = getCredentials(strapi).open(row);
    const summary = followed && {
      changes: followed.pending.changes.size,
      input: planInputOf(row, followed),
    };
    const [, previous] = credentials ? validSecrets(credentials, now) : [];
    return {
      id: row.id,
      ...plainColumnsOf(row),
      maskedUrl: row.maskedUrl,
      headerNames: Object.keys(credentials?.headers ?? {}),
      hasToken: credentials?.token !== undefined,
      hasReportSecret: credentials?.reportSecret !== undefined,
      reportUrl: reportUrlOf(strapi, row.id),
      isReadable: credentials !== undefined,
      isDeclared: row.isDeclared,
      previousSecretUntil: previous?.until ?? null,
      cursor: formatCursor({ seq: row.cursorSeq, token: row.cursorToken }),
      state: hookState(row, summary, now),
      lastDeliveredAt: row.lastDeliveredAt,
      lastTestAt,
      buildFailure: row.buildFailure,
      shows: shownBy(row),
    };
  }

  async function findLastTest(hookId: number): Promise<string | null> {
    const test = (await strapi.db.query(DELIVERY.uid as UID.ContentType).findOne({
      select: ['endedAt'],
      where: { hookId, kind: 'test', state: 'delivered' },
      orderBy: { id: 'desc' },
    })) as Pick<DeliveryRow, 'endedAt'> | null;
    return test?.endedAt ?? null;
  }

  return {
    async read(rows: readonly HookRow[]): Promise<Hook[]> {
      // What is pending for a disabled hook is not reported, because it may be long.
      const asked = rows.filter(({ isEnabled }) => isEnabled);
      const followed = await getFollowedHooks(strapi).follow(asked);
      return Promise.all(
        rows.map(async (row) => {
          const lastTestAt = row.lastDeliveredAt === null ? await findLastTest(row.id) : null;
          return toHook(row, followed.get(row.id), lastTestAt);
        })
      );
    },
  };
}

/** The cursor also moves past publications that do not concern the hook: no site can show those. */
function shownBy({ liveSeq, sentSeq, cursorSeq }: HookRow): Hook['shows'] {
  if (liveSeq === 0) return null;
  return liveSeq < (sentSeq ?? cursorSeq) ? 'older' : 'all';
}

export const getHookView = serviceOf('hook-view', createHookView);
