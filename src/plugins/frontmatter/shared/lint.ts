import type { LintResult } from '../core';
import type { DocumentStatus } from './kinds';

export interface Linter {
  /** Documents with findings, in the order of their slugs. */
  lint(collection: string, options: { status: DocumentStatus }): Promise<LintResult[]>;
}
