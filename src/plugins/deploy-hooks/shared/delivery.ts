/** One try to send a message. */
export interface Attempt {
  /** ISO 8601. */
  at: string;
  /** Of HTTP; `null` where no answer came. */
  status: number | null;
  durationMs: number;
  /** What went wrong, in words; `null` of one that was taken. */
  error: string | null;
  /** The first 4 KB of the answer's body. */
  response: string | null;
}

export const DELIVERY_STATES = [
  /** Is tried, or tried again. */
  'open',
  'delivered',
  /** A newer message tells what it told. */
  'superseded',
  /** It was not taken, and is tried no more; its hook is paused. Or it was a test. */
  'failed',
  /** Its hook was deleted. */
  'cancelled',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const DELIVERY_KINDS = ['changes', 'test'] as const;
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];

/** A build of the host's. */
export interface ReportedBuild {
  /** As the host calls it. */
  id: string;
  /** ISO 8601, when the host began; absent if it did not say it. */
  createdAt?: string;
}

/** Whether the site shows what it was told: of a hook with a status URL, or whose host reports its builds. */
export type Liveness =
  /** `shows`: the position that it showed when it could last be read; `build`: one that was canceled. */
  | { kind: 'waiting'; shows?: string; build?: ReportedBuild }
  /** `at`: since when. */
  | { kind: 'building'; at: string; build: ReportedBuild; logUrl?: string }
  /** `url`: what was deployed. */
  | { kind: 'live'; at: string; build?: ReportedBuild; url?: string }
  | { kind: 'failed'; at: string; build: ReportedBuild; reason: string; logUrl?: string }
  /** It went on to show older content until that was no longer looked at. */
  | { kind: 'not-live'; afterMs: number }
  /** It could not be read what it shows. */
  | { kind: 'unknown'; reason: string };

export interface Delivery {
  id: number;
  hook: { id: number; name: string };
  /** `webhook-id`: the same at each attempt. */
  messageId: string;
  kind: DeliveryKind;
  state: DeliveryState;
  /** Positions in the change feed that it tells of. */
  from: string;
  to: string;
  /** What changed, as the message says it. */
  counts: Record<string, number>;
  /** Absent where they were too many for the message. */
  changes: { collection: string; slug: string; state: 'live' | 'gone'; changed: string[] }[] | null;
  /** The newest ones, the newest last. */
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
