import type { LintResult } from '../core';
import type { DocumentStatus } from './document';

export interface Linter {
  /** Documents with findings, in the order of their slugs. */
  lint(collection: string, options: { status: DocumentStatus }): Promise<LintResult[]>;
}

/** `GET /api/frontmatter/:collection/lint` */
export namespace LintCollection {
  export interface Response {
    data: LintResult[];
    meta: { collection: string; status: DocumentStatus };
  }
}
