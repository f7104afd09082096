import type { ListDeliveries } from '../../../shared';
import { PLUGIN_ID } from '../plugin-id';
import { usePolled } from './use-polled';

export const DELIVERIES_PATH = `/${PLUGIN_ID}/deliveries`;

export interface DeliveryQuery {
  hook: string;
  /** All of them where absent. */
  state?: string | undefined;
  page: string;
  pageSize: string;
}

/** A page of a site's deliveries, the newest first, following along. */
export function useDeliveries({ hook, state, page, pageSize }: DeliveryQuery) {
  const query = new URLSearchParams({ hook, page, pageSize, ...(state && { state }) });
  return usePolled<ListDeliveries.Response>(`${DELIVERIES_PATH}?${query}`);
}
