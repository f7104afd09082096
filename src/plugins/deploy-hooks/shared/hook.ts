import type { HookFilter, HookState, Preset } from '../core';

export type { HookState } from '../core';

/** What an operator sets. Secrets are accepted, but never returned. */
export interface HookSettings {
  /** Unique, 1 to 80 characters. */
  name: string;
  preset: Preset;
  /** http or https, without credentials. A secret: it is returned with most of its path masked. */
  url: string;
  /** For `github`: a token that may write the repository's contents. */
  token?: string | undefined;
  /** For `netlify`, `vercel` and `github`: the secret that signs their reports of builds. */
  reportSecret?: string | undefined;
  /** Sent in addition to those of the preset. Their values are secrets. */
  headers: Record<string, string>;
  filter: HookFilter;
  quietPeriodMs: number;
  maxWaitMs: number;
  isEnabled: boolean;
  /** Where the site says which content it shows: JSON with a `cursor`. */
  statusUrl: string | null;
}

/** Why a site was not built. */
export interface BuildFailure {
  /** ISO 8601 */
  at: string;
  reason: string;
  /** Where people can read what happened. */
  logUrl?: string;
}

/** A hook as the API returns it. */
export interface Hook extends Omit<HookSettings, 'url' | 'token' | 'reportSecret' | 'headers'> {
  id: number;
  /** With most of its path masked. */
  maskedUrl: string;
  /** Names of the headers; their values are never returned. */
  headerNames: string[];
  hasToken: boolean;
  hasReportSecret: boolean;
  /** Where its host reports builds. */
  reportUrl: string;
  /** False if ENCRYPTION_KEY has changed since it was saved: its URL must be entered again. */
  isReadable: boolean;
  /** Declared by `DEPLOY_HOOKS_DECLARED`: read-only here. */
  isDeclared: boolean;
  /** ISO 8601, until when a replaced secret signs as well as the new one; `null` if none does. */
  previousSecretUntil: string | null;
  /** Position up to which the site was notified of everything. */
  cursor: string;
  state: HookState;
  /** ISO 8601. */
  lastDeliveredAt: string | null;
  /** ISO 8601, when it last accepted a test; `null` once it has accepted a change. */
  lastTestAt: string | null;
  /** The newest build that the host reported, if it failed. */
  buildFailure: BuildFailure | null;
  /** Whether the site shows all that it was notified of, or older content; `null` if unknown. */
  shows: 'all' | 'older' | null;
}

/** Shown once, when it was created or set. `whsec_` and base64; only hooks that sign have one. */
export interface WithSecret {
  secret?: string;
}

/** A hook to create. */
export type NewHook = Partial<HookSettings> &
  Pick<HookSettings, 'name' | 'url'> & {
    /** `whsec_` and base64 of 24 to 64 bytes; generated if it is left out. */
    secret?: string;
    /** Notify the site of everything that is published, rather than of changes from now on. */
    fromBeginning?: boolean;
  };

/** An update of a hook: settings that are left out stay as they are. */
export type HookUpdate = Partial<Omit<HookSettings, 'headers'>> & {
  /** All headers; `null` for one whose value stays as it is. */
  headers?: Record<string, string | null>;
};
