import { z } from 'zod';
import { describe, type Field, type FieldOptions } from './field';

/** Stands in a populated document for whether it is published. No attribute can have this name. */
export const STATE_ATTRIBUTE = '$isDraft';

/**
 * Whether a document is a draft: `true` keeps a file from being published by its import, and
 * unpublishes its document. The key goes when the document is published; `false` says the same.
 */
export const state = (options: Pick<FieldOptions, 'description'> = {}): Field => ({
  kind: 'state',
  name: 'state',
  storage: { types: [], declaration: {} },
  required: false,
  attribute: STATE_ATTRIBUTE,
  description: options.description,
  schema: z.boolean({
    error: ({ input }) =>
      `expected true for a draft, or false, found ${describe(input)}: write it in lower case and without quotes`,
  }),
  parse: (stored) => (stored === true ? true : undefined),
  isSame: (one, other) => (one === true) === (other === true),
});
