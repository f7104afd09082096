/** One attempt to send a message. */
export interface Attempt {
  /** ISO 8601. */
  at: string;
  /** HTTP status; `null` if no answer arrived. */
  status: number | null;
  durationMs: number;
  /** What went wrong, in words; `null` if the message was accepted. */
  error: string | null;
  /** The first 4 KB of the answer's body. */
  response: string | null;
}

export const DELIVERY_STATES = [
  /** It is being sent, or will be sent again. */
  'open',
  'delivered',
  /** A newer message contains its changes. */
  'superseded',
  /** It was not accepted, and is not sent again: its hook is paused, or it was a test. */
  'failed',
  /** Its hook was deleted. */
  'cancelled',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const DELIVERY_KINDS = ['changes', 'test'] as const;
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];

/** A build at the host. */
export interface ReportedBuild {
  /** As the host calls it. */
  id: string;
  /** ISO 8601, when the host began; absent if the host did not say so. */
  createdAt?: string;
}

/** Whether the site shows what it was notified of, by its status URL or its host's reports. */
export type Liveness =
  /** `shows`: the position that the site showed when last readable; `build`: a canceled one. */
  | { kind: 'waiting'; shows?: string; build?: ReportedBuild }
  /** `at`: since when. */
  | { kind: 'building'; at: string; build: ReportedBuild; logUrl?: string }
  /** `url`: what was deployed. */
  | { kind: 'live'; at: string; build?: ReportedBuild; url?: string }
  | { kind: 'failed'; at: string; build: ReportedBuild; reason: string; logUrl?: string }
  /** It showed older content until it was no longer checked. */
  | { kind: 'not-live'; afterMs: number }
  /** What it shows could not be read. */
  | { kind: 'unknown'; reason: string };

export interface Delivery {
  id: number;
  hook: { id: number; name: string };
  /** `webhook-id`: the same at each attempt. */
  messageId: string;
  kind: DeliveryKind;
  state: DeliveryState;
  /** Positions in the change feed: it contains the changes between them. */
  from: string;
  to: string;
  /** What changed, as in the message. */
  counts: Record<string, number>;
  /** `null` if there were too many for the message. */
  changes: { collection: string; slug: string; state: 'live' | 'gone'; changed: string[] }[] | null;
  /** The newest attempts, the newest last. */
  attempts: Attempt[];
  attemptCount: number;
  createdAt: string;
  nextAttemptAt: string | null;
  endedAt: string | null;
  live: Liveness | null;
}

/** `GET /deploy-hooks/deliveries?hook=&state=&kind=&page=&pageSize=` */
export namespace ListDeliveries {
  export interface Response {
    data: Delivery[];
    meta: { pagination: { page: number; pageSize: number; pageCount: number; total: number } };
  }
}
