/** How far the newest change of a document has come to one site. */
export interface DocumentProgress {
  hook: { id: number; name: string };
  /**
   * `published`: the site was not told yet; `triggered`: it was; `building` and `build-failed`: its host
   * says so; `live`: it shows it.
   */
  stage: 'published' | 'triggered' | 'building' | 'build-failed' | 'live' | 'not-concerned';
  /**
   * ISO 8601, when it was told, when its build began or failed, or when it was seen to show it: while the
   * delivery that told it is kept.
   */
  at: string | null;
  /** Of its build: what was deployed, or the log; `null` if the host did not say it. */
  link: string | null;
  /** Why it is notified of nothing for now. */
  heldUp: 'paused' | 'disabled' | null;
  /** ISO 8601, when it is notified again after it failed; `null` unless it fails. */
  nextAttemptAt: string | null;
  /** Whether it is asked what it shows; without that it never becomes `live`. */
  hasStatusUrl: boolean;
}
