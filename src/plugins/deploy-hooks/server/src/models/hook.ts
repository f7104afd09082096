import type { BuildFailure } from '../../../shared';
import type { AlertCause, HookFilter, Preset, StartOverReason } from '../../../core';

export const HOOK_UID = 'plugin::deploy-hooks.hook';

/** What operators set. */
export interface SetColumns {
  name: string;
  preset: Preset;
  /** `Credentials` as JSON, encrypted. */
  credentials: string;
  maskedUrl: string;
  filter: HookFilter;
  quietPeriodMs: number;
  maxWaitMs: number;
  isEnabled: boolean;
  statusUrl: string | null;
  /** Declared in the environment. */
  isDeclared: boolean;
  /** Incremented by each edit that affects the request or what it is about. */
  revision: number;
}

/** What the dispatcher and operations record; times as ISO 8601. */
export interface NotedColumns {
  cursorSeq: number;
  cursorToken: string;
  /** Why the next message asks the site to read everything. */
  startOver: StartOverReason | null;
  startOverAt: string | null;
  /** The delivery in progress: its row, and the position up to which it contains changes. */
  openId: number | null;
  openToSeq: number | null;
  openToToken: string | null;
  openMadeAt: string | null;
  /** `revision` when its message was created; a message of another revision is no longer sent. */
  openRevision: number | null;
  /** Attempts of the open delivery. */
  attempts: number;
  nextAttemptAt: string | null;
  /** In a row, across all deliveries. */
  failures: number;
  failingSince: string | null;
  failureReason: string | null;
  notBefore: string | null;
  pausedReason: string | null;
  pausedAt: string | null;
  wantedAt: string | null;
  /** When operators were last alerted; `null` again once the site has recovered. */
  alertedAt: string | null;
  /** The cause of that alert; `null` if the next cause triggers an alert in any case. */
  alertedOf: AlertCause['kind'] | null;
  leaseOwner: string | null;
  leaseUntil: string | null;
  lastDeliveredAt: string | null;
  /** Position up to which the last accepted message reached; `null` before the first one. */
  sentSeq: number | null;
  /** Position up to which the site is known to show everything. */
  liveSeq: number;
  /** The newest build that the host reported, if it failed. */
  buildFailure: BuildFailure | null;
}

/**
 * A site to notify of changes. The columns that operators set and those that the dispatcher writes
 * share a row, but are never written together: an edit while a message is sent undoes nothing.
 *
 * It is a content type so that `strapi export` includes the hooks, but no content API returns it.
 * Addresses and secrets in it are useless without the ENCRYPTION_KEY of this installation.
 */
export interface HookRow extends SetColumns, NotedColumns {
  id: number;
  documentId: string;
}

/** Columns of a hook without a message in progress. */
export const NOTHING_OPEN = {
  openId: null,
  openToSeq: null,
  openToToken: null,
  openMadeAt: null,
  openRevision: null,
  attempts: 0,
  nextAttemptAt: null,
} satisfies Partial<NotedColumns>;

/** Columns of a hook whose last message was accepted, or that starts afresh. */
export const NO_FAILURE = {
  failures: 0,
  failingSince: null,
  failureReason: null,
  notBefore: null,
} satisfies Partial<NotedColumns>;

/** Creates a new object for each attribute: Strapi writes the name of its column into it. */
const attribute =
  <const Type extends string>(type: Type) =>
  () => ({ type, private: true });

const [string, text, integer] = [attribute('string'), attribute('text'), attribute('integer')];
const [datetime, json, boolean] = [attribute('datetime'), attribute('json'), attribute('boolean')];
const isHidden = { visible: false };

export const hookContentType = {
  schema: {
    kind: 'collectionType',
    collectionName: 'deploy_hooks',
    info: { singularName: 'hook', pluralName: 'hooks', displayName: 'Deploy hook' },
    options: { draftAndPublish: false },
    pluginOptions: { 'content-manager': isHidden, 'content-type-builder': isHidden },
    attributes: {
      name: { ...string(), unique: true },
      preset: string(),
      credentials: text(),
      maskedUrl: text(),
      filter: json(),
      quietPeriodMs: integer(),
      maxWaitMs: integer(),
      isEnabled: boolean(),
      statusUrl: text(),
      isDeclared: boolean(),
      revision: { ...integer(), default: 0 },
      cursorSeq: integer(),
      cursorToken: string(),
      startOver: string(),
      startOverAt: datetime(),
      openId: integer(),
      openToSeq: integer(),
      openToToken: string(),
      openMadeAt: datetime(),
      openRevision: integer(),
      attempts: { ...integer(), default: 0 },
      nextAttemptAt: datetime(),
      failures: { ...integer(), default: 0 },
      failingSince: datetime(),
      failureReason: text(),
      notBefore: datetime(),
      pausedReason: text(),
      pausedAt: datetime(),
      wantedAt: datetime(),
      alertedAt: datetime(),
      alertedOf: string(),
      leaseOwner: string(),
      leaseUntil: datetime(),
      lastDeliveredAt: datetime(),
      sentSeq: integer(),
      liveSeq: { ...integer(), default: 0 },
      buildFailure: json(),
    },
  },
};
