import type { Core } from '@strapi/strapi';
import type { DeliveryRow, HookRow } from '../../src/plugins/deploy-hooks/server/src/models';

const HOOK = 'plugin::deploy-hooks.hook';
const DELIVERY = 'plugin::deploy-hooks.delivery';

const query = (strapi: Core.Strapi, uid: string) => strapi.db.query(uid as never);
let sequence = 0;

/** Stores a hook that has not been notified yet. */
export async function createHookRow(
  strapi: Core.Strapi,
  overrides: Partial<HookRow> = {}
): Promise<HookRow> {
  sequence += 1;
  const data: Partial<HookRow> = {
    name: `site-${sequence}`,
    preset: 'generic',
    credentials: '',
    maskedUrl: 'https://example.org/…',
    filter: {},
    quietPeriodMs: 5_000,
    maxWaitMs: 60_000,
    isEnabled: true,
    isDeclared: false,
    cursorSeq: 0,
    cursorToken: '',
    ...overrides,
  };
  return query(strapi, HOOK).create({ data: data as never });
}

/** Stores a delivery that the site has accepted. */
export async function createDeliveryRow(
  strapi: Core.Strapi,
  { id, name }: HookRow,
  overrides: Partial<DeliveryRow> = {}
): Promise<DeliveryRow> {
  sequence += 1;
  const data: Partial<DeliveryRow> = {
    hookId: id,
    hookName: name,
    messageId: `msg_${sequence}`,
    kind: 'changes',
    state: 'delivered',
    fromSeq: 0,
    fromToken: '',
    message: '{}',
    revision: 0,
    attempts: [],
    attemptCount: 1,
    ...overrides,
  };
  return query(strapi, DELIVERY).create({ data: data as never });
}

export const findHookRow = (strapi: Core.Strapi, id: number): Promise<HookRow> =>
  query(strapi, HOOK).findOne({ where: { id } as never });

/** Finds deliveries in the order of their creation. */
export const findDeliveryRows = (strapi: Core.Strapi, where: object = {}): Promise<DeliveryRow[]> =>
  query(strapi, DELIVERY).findMany({ where: where as never, orderBy: { id: 'asc' } as never });

export async function updateDeliveryRow(
  strapi: Core.Strapi,
  id: number,
  data: Partial<DeliveryRow>
): Promise<void> {
  await query(strapi, DELIVERY).updateMany({ where: { id } as never, data: data as never });
}

export async function updateHookRow(
  strapi: Core.Strapi,
  id: number,
  data: Partial<HookRow>
): Promise<HookRow> {
  await query(strapi, HOOK).updateMany({ where: { id } as never, data: data as never });
  return findHookRow(strapi, id);
}

export async function deleteHookRows(strapi: Core.Strapi): Promise<void> {
  await query(strapi, HOOK).deleteMany({});
  await query(strapi, DELIVERY).deleteMany({});
}
