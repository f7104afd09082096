/** `GET /api/frontmatter/redirects`: old addresses of renamed documents */
export namespace FindRedirects {
  export interface Response {
    /** In order of collection and old slug. */
    data: { collection: string; from: string; to: string }[];
    meta: {
      /** The newest position in the change feed: whoever reads from here on gets nothing older. */
      cursor: string;
    };
  }
}
