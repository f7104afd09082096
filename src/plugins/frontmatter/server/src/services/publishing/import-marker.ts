import type { ImportedPublication } from './publication-rows';

const IMPORT = Symbol('import');

interface Import {
  /** Set if the call publishes. */
  published?: ImportedPublication;
}

/**
 * Marks the parameters of a Document Service call as an import's. Only imports may write the
 * attributes that nobody edits (`source`, order of links), and they link new slugs at the end
 * instead of one by one. The mark is a symbol, so that no request can send it.
 */
export const asImport = <Params extends object>(
  params: Params,
  published?: ImportedPublication
): Params => ({ ...params, [IMPORT]: { ...(published && { published }) } satisfies Import });

export const importOf = (params: object): Import | undefined =>
  (params as { [IMPORT]?: Import })[IMPORT];
