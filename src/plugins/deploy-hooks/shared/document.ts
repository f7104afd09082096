/** How far the newest change of a document has come to one site. */
export interface DocumentProgress {
  hook: { id: number; name: string };
  /** `published`: the site was not told yet; `triggered`: it was; `live`: it says that it shows it. */
  stage: 'published' | 'triggered' | 'live' | 'not-concerned';
}

/** `GET /deploy-hooks/documents/:collection/:slug` */
export namespace FindDocumentProgress {
  export interface Response {
    data: DocumentProgress[];
  }
}
