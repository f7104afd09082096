/** A document whose publications do not match what is published. */
export interface Difference {
  collection: string;
  documentId: string;
  slug: string;
  /**
   * - `differs`: readers get something other than what is published.
   * - `missing`: readers get nothing of it.
   * - `orphaned`: it is not published, and readers get it.
   * - `untracked`: readers get what they should, but what it shows, or what moves its date, is
   *   recorded wrongly; correcting that writes no publication.
   */
  kind: 'differs' | 'missing' | 'orphaned' | 'untracked';
}

export interface Reconciler {
  /**
   * Renders all published documents again and publishes what differs.
   *
   * @param options.check Only report what differs.
   * @param options.share Share of one core that it uses while nothing differs; 1 by default.
   * @param options.signal Ends it between two pages of documents.
   * @param options.onStep Called after each page.
   */
  reconcile(options?: {
    check?: boolean;
    share?: number;
    signal?: AbortSignal;
    onStep?: () => void;
  }): Promise<Difference[]>;
}
