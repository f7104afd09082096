import type { LintResult } from '../core';
import type { DocumentStatus } from './kinds';

export interface Linter {
  /** Returns the documents with findings, in order of slug. */
  lint(collection: string, options: { status: DocumentStatus }): Promise<LintResult[]>;
}
