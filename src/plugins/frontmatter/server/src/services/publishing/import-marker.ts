import type { ImportedPublication } from './publication-rows';

const IMPORT = Symbol('import');

interface Import {
  /** Set for a publication. */
  published?: ImportedPublication;
}

/**
 * Marks the parameters of a call of the Document Service as an import's: only these may write the
 * attributes that nobody edits (`source`, order of links), and slugs that appear are linked at the
 * end instead of one by one. A symbol, so that no request can send it.
 */
export const asImport = <Params extends object>(
  params: Params,
  published?: ImportedPublication
): Params => ({ ...params, [IMPORT]: { ...(published && { published }) } satisfies Import });

export const importOf = (params: object): Import | undefined =>
  (params as { [IMPORT]?: Import })[IMPORT];
