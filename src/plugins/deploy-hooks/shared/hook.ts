import type { HookFilter, HookState, Preset } from '../core';

export type { HookState } from '../core';

/** What an operator sets. Secrets are only ever taken in. */
export interface HookSettings {
  /** Unique, 1 to 80 characters. */
  name: string;
  preset: Preset;
  /** http or https, without credentials. A secret: it is given out with most of its path masked. */
  url: string;
  /** Of `github`: a token that may write the repository's contents. */
  token?: string | undefined;
  /** Of `netlify`, `vercel` and `github`: what their reports of builds are signed with. */
  reportSecret?: string | undefined;
  /** Besides those of the preset. Their values are secrets. */
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
  /** Where people read what happened. */
  logUrl?: string;
}

/** A hook as it is given out. */
export interface Hook extends Omit<HookSettings, 'url' | 'token' | 'reportSecret' | 'headers'> {
  id: number;
  /** With most of its path masked. */
  maskedUrl: string;
  /** Names of the headers; their values are given to nobody. */
  headerNames: string[];
  hasToken: boolean;
  hasReportSecret: boolean;
  /** Where its host reports builds. */
  reportUrl: string;
  /** Not with another ENCRYPTION_KEY than the one they were saved with: its URL is to be given anew. */
  isReadable: boolean;
  /** Declared by `DEPLOY_HOOKS_DECLARED`: only read here. */
  isDeclared: boolean;
  /** Whether a secret that was replaced is still used for signing beside the new one, until then. */
  previousSecretUntil: string | null;
  /** Up to where the site was told everything. */
  cursor: string;
  state: HookState;
  /** ISO 8601. */
  lastDeliveredAt: string | null;
  /** ISO 8601, when it accepted a test, while it was sent no change yet. */
  lastTestAt: string | null;
  /** Of the newest build that its host reported, if that failed. */
  buildFailure: BuildFailure | null;
  /** Whether the site is known to show all that it was told, or older content; `null` if it never said. */
  shows: 'all' | 'older' | null;
}

/** Shown once: when it was made or set. `whsec_` and base64; only hooks that sign have one. */
export interface WithSecret {
  secret?: string;
}

/** A hook to be made. */
export type NewHook = Partial<HookSettings> &
  Pick<HookSettings, 'name' | 'url'> & {
    /** `whsec_` and base64 of 24 to 64 bytes; made where it is left out. */
    secret?: string;
    /** Tell the site everything that is published, rather than what changes from now on. */
    fromBeginning?: boolean;
  };

/** A change of a hook: what is left out stays as it is. */
export type HookUpdate = Partial<Omit<HookSettings, 'headers'>> & {
  /** All of them; `null` for one whose value stays as it is. */
  headers?: Record<string, string | null>;
};
