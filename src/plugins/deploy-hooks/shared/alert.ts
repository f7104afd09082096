/**
 * Event of Strapi's event hub: operators have to know that a site is not told. Once for as long as
 * that lasts, in one of all processes.
 */
export const FAILING_EVENT = 'deploy-hooks.failing';

export interface HookFailing {
  hook: { id: number; name: string };
  /**
   * `paused`: it is tried no more; `build-failed`: it was notified, and its host could not build it;
   * `behind`: nothing failed, and yet changes wait for too long.
   */
  kind: 'paused' | 'failing' | 'build-failed' | 'behind';
  /** In a row. */
  failures: number;
  /** In words, without the address. */
  reason: string;
  /** ISO 8601. */
  since: string;
}

/** Event of Strapi's event hub: the site was told again, after `deploy-hooks.failing`. */
export const RECOVERED_EVENT = 'deploy-hooks.recovered';

export interface HookRecovered {
  hook: { id: number; name: string };
  /** When operators were told of the failure; ISO 8601. */
  alertedAt: string;
}
