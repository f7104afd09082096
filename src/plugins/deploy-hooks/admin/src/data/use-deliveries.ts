import type { ListDeliveries } from '../../../shared';
import { PLUGIN_ID } from '../plugin-id';
import { usePolled } from './use-polled';

export const DELIVERIES_PATH = `/${PLUGIN_ID}/deliveries`;

export interface DeliveryQuery {
  hook: string;
  /** Absent: any state. */
  state?: string | undefined;
  page: string;
  pageSize: string;
}

/** Returns a page of a site's deliveries, newest first, and keeps it up to date. */
export function useDeliveries({ hook, state, page, pageSize }: DeliveryQuery) {
  const query = new URLSearchParams({ hook, page, pageSize, ...(state && { state }) });
  return usePolled<ListDeliveries.Response>(`${DELIVERIES_PATH}?${query}`);
}
