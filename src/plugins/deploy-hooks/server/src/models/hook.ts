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
  /** Rises with each change of what a request is made of, or of what it is about. */
  revision: number;
}

/** What the dispatcher notes, and operations that go between; moments as ISO 8601. */
export interface NotedColumns {
  cursorSeq: number;
  cursorToken: string;
  /** Why the next message says that the site has to read everything. */
  startOver: StartOverReason | null;
  startOverAt: string | null;
  /** The delivery under way: its row, and up to where it tells. */
  openId: number | null;
  openToSeq: number | null;
  openToToken: string | null;
  openMadeAt: string | null;
  /** `revision` when its message was made: a message of another one is not sent any more. */
  openRevision: number | null;
  /** Of the open delivery. */
  attempts: number;
  nextAttemptAt: string | null;
  /** In a row, over all deliveries. */
  failures: number;
  failingSince: string | null;
  failureReason: string | null;
  notBefore: string | null;
  pausedReason: string | null;
  pausedAt: string | null;
  wantedAt: string | null;
  /** When operators were last told that the site is not told; empty again once it is. */
  alertedAt: string | null;
  /** What they were told; empty if it is to be told again. */
  alertedOf: AlertCause['kind'] | null;
  leaseOwner: string | null;
  leaseUntil: string | null;
  lastDeliveredAt: string | null;
  /** Up to where the last message reached that the site took; empty before the first one. */
  sentSeq: number | null;
  /** Up to where the site is known to show everything. */
  liveSeq: number;
  /** Of the newest build that its host reported, if that failed. */
  buildFailure: BuildFailure | null;
}

/**
 * A site to tell of changes. What operators set and what the dispatcher notes are columns of one
 * row that are never written together: an edit while a message is being sent takes nothing back.
 *
 * It is a content type, which no content API gives out, so that `strapi export` takes the hooks
 * along; addresses and secrets in it are of no use without the ENCRYPTION_KEY of this installation.
 */
export interface HookRow extends SetColumns, NotedColumns {
  id: number;
  documentId: string;
}

/** Of a hook that has no message under way. */
export const NOTHING_OPEN = {
  openId: null,
  openToSeq: null,
  openToToken: null,
  openMadeAt: null,
  openRevision: null,
  attempts: 0,
  nextAttemptAt: null,
} satisfies Partial<NotedColumns>;

/** Of a hook whose last message was taken, or that begins anew. */
export const NO_FAILURE = {
  failures: 0,
  failingSince: null,
  failureReason: null,
  notBefore: null,
} satisfies Partial<NotedColumns>;

/** A new object for each attribute: Strapi writes the name of its column into it. */
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
