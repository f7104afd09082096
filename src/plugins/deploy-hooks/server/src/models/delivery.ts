import type { Attempt, DeliveryKind, DeliveryState, Liveness } from '../../../shared';

export const DELIVERY = {
  uid: 'plugin::deploy-hooks.delivery',
  tableName: 'deploy_hook_deliveries',
};

/** One message to one hook, written before it is sent for the first time. Dates as ISO 8601. */
export interface DeliveryRow {
  id: number;
  hookId: number;
  /** Stays readable when the hook is deleted. */
  hookName: string;
  messageId: string;
  kind: DeliveryKind;
  state: DeliveryState;
  fromSeq: number;
  fromToken: string;
  toSeq: number;
  toToken: string;
  /** The message as JSON text: the same bytes at each attempt. */
  message: string;
  /** Revision of the hook when the message was created; if outdated, the cursor does not move. */
  revision: number;
  attempts: Attempt[];
  attemptCount: number;
  createdAt: string;
  nextAttemptAt: string | null;
  endedAt: string | null;
  live: Liveness | null;
  /** When the site is asked next what it shows. */
  liveCheckAt: string | null;
  liveChecks: number;
}

export const deliveryModel = {
  ...DELIVERY,
  singularName: 'deploy_hook_delivery',
  modelName: 'deploy_hook_delivery',
  attributes: {
    id: { type: 'increments' },
    hookId: { type: 'integer' },
    hookName: { type: 'string' },
    messageId: { type: 'string' },
    kind: { type: 'string' },
    state: { type: 'string' },
    fromSeq: { type: 'integer' },
    fromToken: { type: 'string' },
    toSeq: { type: 'integer' },
    toToken: { type: 'string' },
    message: { type: 'text' },
    revision: { type: 'integer' },
    attempts: { type: 'json' },
    attemptCount: { type: 'integer', default: 0 },
    createdAt: { type: 'datetime' },
    nextAttemptAt: { type: 'datetime' },
    endedAt: { type: 'datetime' },
    live: { type: 'json' },
    liveCheckAt: { type: 'datetime' },
    liveChecks: { type: 'integer', default: 0 },
  },
  indexes: [
    { name: 'deploy_hook_deliveries_message', columns: ['message_id'], type: 'unique' },
    { name: 'deploy_hook_deliveries_hook', columns: ['hook_id', 'id'] },
    { name: 'deploy_hook_deliveries_live', columns: ['live_check_at'] },
  ],
};
