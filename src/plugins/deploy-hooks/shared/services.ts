import type { Delivery, DeliveryKind, DeliveryState, ListDeliveries } from './delivery';
import type { Hook, WithSecret } from './hook';

/** The hooks of an installation, as operators see and set them. Bodies are validated here. */
export interface Hooks {
  list(): Promise<Hook[]>;
  /** @throws NotFoundError */
  findOne(id: number): Promise<Hook>;
  /** @throws ValidationError that names each wrong setting. */
  create(body: unknown): Promise<Hook & WithSecret>;
  /**
   * The answer contains a secret if the hook starts to sign.
   *
   * @throws NotFoundError, ApplicationError for a declared hook, or ValidationError.
   */
  update(id: number, body: unknown): Promise<Hook & WithSecret>;
  /**
   * Also ends the deliveries of the hook.
   *
   * @throws NotFoundError, or ApplicationError for a declared hook.
   */
  delete(id: number): Promise<Hook>;
  /**
   * Creates a new secret; the previous one is still used for a day.
   *
   * @throws NotFoundError, ApplicationError if declared or unsigned, ValidationError if unreadable.
   */
  rotateSecret(id: number): Promise<Hook & WithSecret>;
}

export interface DeliveryQuery {
  /** Id of the hook. */
  hook?: number | undefined;
  state?: DeliveryState | undefined;
  kind?: DeliveryKind | undefined;
  page: number;
  pageSize: number;
}

export interface DeliveryList {
  /** Returns the newest first. */
  list(query: DeliveryQuery): Promise<ListDeliveries.Response>;
}

/** Actions of operators that take effect at once. */
export interface Operations {
  test(hookId: number): Promise<Delivery>;
  deployNow(hookId: number): Promise<Delivery>;
  sendAgain(deliveryId: number): Promise<Delivery>;
  /** @returns The hook as it is now. */
  pause(hookId: number): Promise<Hook>;
  resume(hookId: number): Promise<Hook>;
}
