/**
 * Event of Strapi's event hub: operators need to know that a site is not notified, or not built.
 * Emitted once per incident, and again when it gets worse, by one of all processes.
 */
export const FAILING_EVENT = 'deploy-hooks.failing';

export interface HookFailing {
  hook: { id: number; name: string };
  /**
   * `paused`: nothing is sent any longer; `build-failed`: it was notified, and its host could not
   * build it; `behind`: nothing failed, yet changes have waited too long.
   */
  kind: 'paused' | 'failing' | 'build-failed' | 'behind';
  /** In a row. */
  failures: number;
  /** In words, without the address. */
  reason: string;
  /** ISO 8601. */
  since: string;
}

/** Strapi event after `deploy-hooks.failing`: the site is notified or built again. */
export const RECOVERED_EVENT = 'deploy-hooks.recovered';

export interface HookRecovered {
  hook: { id: number; name: string };
  /** When operators were alerted to the failure; ISO 8601. */
  alertedAt: string;
}
