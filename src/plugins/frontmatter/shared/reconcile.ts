/** A document of which readers get something else than what is published. */
export interface Difference {
  collection: string;
  documentId: string;
  slug: string;
  /** `missing`: readers get nothing of it. `orphaned`: it is not published, and readers get it. */
  kind: 'differs' | 'missing' | 'orphaned';
}

export interface Reconciler {
  /**
   * Renders all published documents anew and publishes what differs.
   *
   * @param options.check Only say what differs.
   * @param options.signal Ends it between two pages of documents.
   * @param options.onStep Called after each page.
   */
  reconcile(options?: {
    check?: boolean;
    signal?: AbortSignal;
    onStep?: () => void;
  }): Promise<Difference[]>;
}
