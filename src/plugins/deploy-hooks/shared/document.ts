/** How far the newest change of a document has progressed on one site. */
export interface DocumentProgress {
  hook: { id: number; name: string };
  /**
   * `published`: the site was not notified yet; `triggered`: it was; `building` and `build-failed`:
   * as its host reported; `live`: it shows the change.
   */
  stage: 'published' | 'triggered' | 'building' | 'build-failed' | 'live' | 'not-concerned';
  /**
   * ISO 8601: when the site was notified, when its build began or failed, or when it was found to
   * show the change. `null` before that, and when the delivery is no longer kept.
   */
  at: string | null;
  /** Link to what was deployed, or to the log of the build; `null` if it was not reported. */
  link: string | null;
  /** Why the site is not notified for now. */
  heldUp: 'paused' | 'disabled' | null;
  /** ISO 8601, when the site is notified again; `null` unless the hook is failing. */
  nextAttemptAt: string | null;
  /** Whether the site is asked what it shows; otherwise, only its host's reports make it `live`. */
  hasStatusUrl: boolean;
}
